package org.ostraka.engine.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.Effect;
import org.ostraka.engine.throughput.OnDemandRules;
import org.ostraka.engine.throughput.Reprovisioning;
import org.ostraka.engine.throughput.ThroughputRules;
import org.ostraka.engine.throughput.WarmRules;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.BillingMode;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.model.WarmThroughput;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.GlobalIndexUpdate;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.OnDemandMaximum;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.model.operation.WarmThroughputUnits;

/**
 * The changes of a table's global indexes by one request. Immutable.
 *
 * @param now when the change begins
 * @param table the table before the change
 * @param mode the billing mode of the table after the change
 */
public record GlobalIndexChange(Instant now, TableDescription table, BillingMode mode) {

  /** Returns the effect of all changes together. */
  public Effect effect(IndexUpdates updates, @Nullable List<AttributeDefinition> definitions) {
    Effect effect = Effect.NONE;
    for (GlobalIndexUpdate.Throughput update : updates.throughputs()) {
      effect = effect.and(throughput(update));
    }
    for (String name : updates.deletes()) {
      effect = effect.and(deleted(new IndexName(name)));
    }
    for (NewIndex index : updates.creates()) {
      effect = effect.and(created(index, definitions));
    }
    return effect;
  }

  /** Refuses a change to provisioned billing without units for each index. */
  public void requireAllProvisioned(IndexUpdates updates) {
    if (!switchesTo(BillingMode.PROVISIONED)) {
      return;
    }
    Set<String> provisioned = new HashSet<>();
    updates.throughputs().stream()
        .filter(update -> update.units() != null)
        .forEach(update -> provisioned.add(update.name()));
    String missing =
        table.globalIndexes().stream()
            .map(index -> index.name().value())
            .filter(name -> !provisioned.contains(name))
            .collect(Collectors.joining(","));
    if (!missing.isEmpty()) {
      throw ValidationException.ofParameters(
          "ProvisionedThroughput must be specified for index: " + missing);
    }
  }

  private boolean switchesTo(BillingMode wanted) {
    return mode == wanted && table.billing().mode() != wanted;
  }

  private Effect created(NewIndex wanted, @Nullable List<AttributeDefinition> definitions) {
    GlobalIndex index = IndexRules.added(wanted, table, definitions, mode);
    WarmThroughput least =
        switch (mode) {
          case PAY_PER_REQUEST -> WarmThroughput.ON_DEMAND;
          case PROVISIONED ->
              new WarmThroughput(index.throughput().readUnits(), index.throughput().writeUnits());
        };
    GlobalIndex warmed = index.withWarmThroughput(index.warmThroughput().orElse(least));
    return new Effect(
        old -> with(old.withStatus(TableStatus.UPDATING), warmed.creating(false)),
        old -> with(old.withStatus(TableStatus.ACTIVE), warmed.creating(true)));
  }

  /** Returns the table with the index added last; definitions are sorted by name. */
  private static TableDescription with(TableDescription table, GlobalIndex index) {
    Set<AttributeDefinition> definitions = new HashSet<>(table.definitions());
    definitions.addAll(index.key().attributes());
    List<GlobalIndex> indexes = new ArrayList<>(table.globalIndexes());
    indexes.add(index);
    return table.with(sorted(definitions), indexes);
  }

  private static Effect deleted(IndexName name) {
    return new Effect(
        old ->
            old.withStatus(TableStatus.UPDATING)
                .withGlobalIndex(name, index -> index.withStatus(IndexStatus.DELETING)),
        old -> without(old.withStatus(TableStatus.ACTIVE), name));
  }

  /**
   * Returns the table without the index and without definitions that no key uses any more.
   */
  private static TableDescription without(TableDescription table, IndexName name) {
    List<GlobalIndex> indexes =
        table.globalIndexes().stream().filter(index -> !index.name().equals(name)).toList();
    Set<AttributeDefinition> used = new HashSet<>(table.key().attributes());
    table.localIndexes().forEach(index -> used.addAll(index.key().attributes()));
    indexes.forEach(index -> used.addAll(index.key().attributes()));
    return table.with(sorted(used), indexes);
  }

  private static List<AttributeDefinition> sorted(Set<AttributeDefinition> definitions) {
    return definitions.stream().sorted(Comparator.comparing(AttributeDefinition::name)).toList();
  }

  private Effect throughput(GlobalIndexUpdate.Throughput update) {
    GlobalIndex index = IndexUpdateRules.global(table, update.name());
    Effect effect = Effect.NONE;
    if (update.units() != null) {
      effect = effect.and(units(index, update.units()));
    } else if (update.onDemandMaximum() == null && update.warmThroughput() == null) {
      throw nothingToUpdate(index.name());
    }
    if (update.onDemandMaximum() != null) {
      effect = effect.and(onDemandMaximum(index, update.onDemandMaximum()));
    }
    return update.warmThroughput() == null
        ? effect
        : effect.and(warm(index, update.warmThroughput()));
  }

  /** Returns the raise of an index's warm throughput, during which the index stays active. */
  private static Effect warm(GlobalIndex old, WarmThroughputUnits wanted) {
    WarmRules.requireIncrease(WarmRules.index(old.name().value()), warm(old), wanted);
    return Effect.ofIndex(
        old.name(),
        index -> index.withWarmThroughput(warm(index).whileUpdating()),
        index -> index.withWarmThroughput(WarmRules.merged(warm(index), wanted)));
  }

  private static WarmThroughput warm(GlobalIndex index) {
    return index.warmThroughput().orElse(WarmThroughput.ON_DEMAND);
  }

  private ValidationException nothingToUpdate(IndexName name) {
    return switch (mode) {
      case PAY_PER_REQUEST -> onlyOnDemand(name);
      case PROVISIONED ->
          ValidationException.ofParameters(
              "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: " + name);
    };
  }

  private static ValidationException onlyOnDemand(IndexName name) {
    return ValidationException.ofParameters(
        "The only Updates for index: "
            + name
            + " when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput,"
            + " WarmThroughput");
  }

  private Effect units(GlobalIndex old, ThroughputUnits wanted) {
    if (mode == BillingMode.PAY_PER_REQUEST) {
      throw onlyOnDemand(old.name());
    }
    WarmThroughput least = new WarmThroughput(wanted.readUnits(), wanted.writeUnits());
    if (switchesTo(BillingMode.PROVISIONED)) {
      ProvisionedThroughput units =
          new ProvisionedThroughput(
              wanted.readUnits(),
              wanted.writeUnits(),
              old.throughput().decreasesToday(),
              old.throughput().lastIncrease(),
              old.throughput().lastDecrease());
      return Effect.ofIndex(
          old.name(),
          index ->
              index
                  .whileUpdating()
                  .withThroughput(units)
                  .withOnDemandThroughput(OnDemandThroughput.UNLIMITED),
          index ->
              index
                  .afterUpdate()
                  .withThroughput(units)
                  .withOnDemandThroughput(OnDemandThroughput.UNLIMITED)
                  .withWarmThroughput(warm(index).atLeast(least)));
    }
    ThroughputRules.requireIndexChange(old, wanted);
    Reprovisioning change = Reprovisioning.of(old.throughput(), wanted, now);
    return Effect.ofIndex(
        old.name(),
        index -> index.whileUpdating().withThroughput(change.meanwhile()),
        index ->
            index
                .afterUpdate()
                .withThroughput(change.after())
                .withWarmThroughput(warm(index).atLeast(least)));
  }

  /** Returns the change of an index's maximums, which is shown at once. */
  private Effect onDemandMaximum(GlobalIndex old, OnDemandMaximum wanted) {
    OnDemandThroughput next =
        OnDemandRules.changedOfIndex(old.name(), mode, old.onDemandThroughput(), wanted);
    return Effect.ofIndex(
        old.name(),
        index -> index.whileUpdating().withOnDemandThroughput(next),
        index -> index.afterUpdate().withOnDemandThroughput(next));
  }
}
