package org.ostraka.engine.backup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.encryption.EncryptionRules;
import org.ostraka.engine.throughput.OnDemandRules;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.BillingMode;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Index;
import org.ostraka.model.IndexKey;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexProjection;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.LocalIndex;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.RestoreOverrides;
import org.ostraka.model.operation.ThroughputUnits;

/**
 * The rules for what a restored table may have other than the one that was backed up. Stateless.
 *
 * <p>The texts are those of findings 273, 279, 281 and 442 of aws-controllers-k8s (October 2026).
 */
final class RestoreRules {
  private static final String INVALID = "Invalid Request: ";

  private RestoreRules() {}

  /** What a restored table has. Immutable. */
  record Settings(
      BillingMode billingMode,
      ProvisionedThroughput throughput,
      OnDemandThroughput onDemand,
      List<LocalIndex> localIndexes,
      List<GlobalIndex> globalIndexes) {
    /** Returns the definitions that are still used by keys, in their order. */
    List<AttributeDefinition> used(TableDescription source) {
      Set<AttributeDefinition> used = new HashSet<>(source.key().attributes());
      localIndexes.forEach(index -> used.addAll(index.key().attributes()));
      globalIndexes.forEach(index -> used.addAll(index.key().attributes()));
      return source.definitions().stream().filter(used::contains).toList();
    }
  }

  /**
   * Applies overrides to the table that was backed up.
   *
   * @throws ValidationException when they contradict each other or the table
   */
  static Settings apply(TableDescription source, RestoreOverrides overrides) {
    EncryptionRules.requireForm(overrides.encryption());
    BillingMode before = source.billing().mode();
    BillingMode mode = Optional.ofNullable(overrides.billingMode()).orElse(before);
    ThroughputUnits units = overrides.throughput();
    if (units != null && mode != BillingMode.PROVISIONED) {
      throw invalid("Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED");
    }
    if (units == null && mode == BillingMode.PROVISIONED && before != mode) {
      throw invalid(
          "Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED");
    }
    if (overrides.onDemandMaximum() != null && mode != BillingMode.PAY_PER_REQUEST) {
      throw invalid(
          "Cannot override MaxReadRequestUnits for OnDemandThroughput unless BillingModeOverride is"
              + " PAY_PER_REQUEST");
    }
    return new Settings(
        mode,
        throughput(mode, source.throughput(), units),
        onDemand(mode, source, overrides),
        local(source, overrides.localIndexes()),
        global(source, overrides.globalIndexes(), mode));
  }

  private static ProvisionedThroughput throughput(
      BillingMode mode, ProvisionedThroughput before, @Nullable ThroughputUnits wanted) {
    if (wanted != null) {
      return ProvisionedThroughput.of(wanted.readUnits(), wanted.writeUnits());
    }
    return mode == BillingMode.PROVISIONED
        ? ProvisionedThroughput.of(before.readUnits(), before.writeUnits())
        : ProvisionedThroughput.NONE;
  }

  private static OnDemandThroughput onDemand(
      BillingMode mode, TableDescription source, RestoreOverrides overrides) {
    if (overrides.onDemandMaximum() != null) {
      return OnDemandRules.forCreation(mode, overrides.onDemandMaximum());
    }
    return mode == BillingMode.PAY_PER_REQUEST
        ? source.onDemandThroughput()
        : OnDemandThroughput.UNLIMITED;
  }

  private static List<LocalIndex> local(TableDescription source, @Nullable List<NewIndex> wanted) {
    if (wanted == null) {
      return source.localIndexes();
    }
    List<LocalIndex> kept = new ArrayList<>();
    for (NewIndex index : wanted) {
      LocalIndex same = match(source.localIndexes(), index);
      kept.add(new LocalIndex(new IndexName(index.name()), same.key(), same.projection()));
    }
    requireDifferentNames(kept);
    return kept;
  }

  private static List<GlobalIndex> global(
      TableDescription source, @Nullable List<NewIndex> wanted, BillingMode mode) {
    List<GlobalIndex> kept = new ArrayList<>();
    if (wanted == null) {
      source.globalIndexes().stream()
          .map(index -> fresh(index.name(), index, mode, null))
          .forEach(kept::add);
    } else {
      for (NewIndex index : wanted) {
        GlobalIndex same = match(source.globalIndexes(), index);
        kept.add(fresh(new IndexName(index.name()), same, mode, index.throughput()));
      }
    }
    requireDifferentNames(kept);
    return kept;
  }

  private static GlobalIndex fresh(
      IndexName name, GlobalIndex source, BillingMode mode, @Nullable ThroughputUnits units) {
    return new GlobalIndex(
        name,
        source.key(),
        source.projection(),
        IndexStatus.CREATING,
        Optional.empty(),
        throughput(mode, source.throughput(), units),
        mode == BillingMode.PAY_PER_REQUEST
            ? source.onDemandThroughput()
            : OnDemandThroughput.UNLIMITED,
        Optional.empty());
  }

  /** Returns the source's index with the same key and projection, whatever its name. */
  private static <I extends Index> I match(List<I> present, NewIndex wanted) {
    return present.stream()
        .filter(index -> hasKey(index.key(), wanted) && hasProjection(index.projection(), wanted))
        .findFirst()
        .orElseThrow(() ->
            invalid(
                "Index "
                    + wanted.name()
                    + " does not match a secondary index that existed in the source table and cannot"
                    + " be created during the restore operation"));
  }

  private static boolean hasKey(IndexKey key, NewIndex wanted) {
    return key.attributes().stream()
        .map(AttributeDefinition::name)
        .toList()
        .equals(wanted.keySchema().stream().map(KeySchemaElement::attributeName).toList());
  }

  private static boolean hasProjection(IndexProjection projection, NewIndex wanted) {
    Set<String> names =
        new HashSet<>(Optional.ofNullable(wanted.nonKeyAttributes()).orElse(List.of()));
    return projection.type().name().equals(wanted.projectionType())
        && names.equals(new HashSet<>(projection.nonKeyAttributes()));
  }

  private static void requireDifferentNames(List<? extends Index> indexes) {
    Set<IndexName> names = new HashSet<>();
    for (Index index : indexes) {
      if (!names.add(index.name())) {
        throw ValidationException.ofParameters("Duplicate index name: " + index.name());
      }
    }
  }

  static ValidationException invalid(String problem) {
    return new ValidationException(INVALID + problem);
  }
}
