package org.ostraka.engine.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.throughput.OnDemandRules;
import org.ostraka.engine.throughput.WarmRules;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.BillingMode;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexKey;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexProjection;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.KeyType;
import org.ostraka.model.Limits;
import org.ostraka.model.LocalIndex;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableKey;
import org.ostraka.model.WarmThroughput;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.CreateTable;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.ThroughputUnits;

/**
 * The rules that make new indexes from a request, or refuse them. One thread.
 *
 * <p>The checks are in the service's order. The texts are those that
 * measured (October 2026), else dynalite's.
 */
public final class IndexRules {

  private final List<AttributeDefinition> definitions;
  private final TableKey tableKey;
  private final Set<String> names = new HashSet<>();

  private IndexRules(List<AttributeDefinition> definitions, TableKey tableKey) {
    this.definitions = definitions;
    this.tableKey = tableKey;
  }

  /** The indexes of a new table. */
  public record Indexes(List<LocalIndex> local, List<GlobalIndex> global) {
    boolean isEmpty() {
      return local.isEmpty() && global.isEmpty();
    }

    private int nonKeyAttributes() {
      return Stream.concat(local.stream(), global.stream())
          .mapToInt(index -> index.projection().nonKeyAttributes().size())
          .sum();
    }
  }

  public static Indexes of(CreateTable.Request request, TableKey tableKey) {
    List<NewIndex> local = given(request.localIndexes(), "LocalSecondaryIndexes");
    List<NewIndex> global = given(request.globalIndexes(), "GlobalSecondaryIndexes");
    IndexRules rules = new IndexRules(request.definitions(), tableKey);
    if (local.isEmpty() && global.isEmpty()) {
      return new Indexes(List.of(), List.of());
    }
    rules.refuseUnused(local, global);
    if (!local.isEmpty() && tableKey.sort().isEmpty()) {
      throw invalid(
          "Table KeySchema does not have a range key, which is required when specifying a"
              + " LocalSecondaryIndex");
    }
    List<LocalIndex> locals = local.stream().map(rules::local).toList();
    if (local.size() > Limits.LOCAL_INDEXES) {
      throw invalid(
          "Number of LocalSecondaryIndexes exceeds per-table limit of " + Limits.LOCAL_INDEXES);
    }
    List<GlobalIndex> globals =
        global.stream().map(index -> rules.global(index, request.billingMode())).toList();
    if (global.size() > Limits.GLOBAL_INDEXES) {
      throw invalid(
          "GlobalSecondaryIndex count exceeds the per-table limit of " + Limits.GLOBAL_INDEXES);
    }
    Indexes indexes = new Indexes(locals, globals);
    refuseTooManyAttributes(indexes.nonKeyAttributes());
    return indexes;
  }

  /**
   * Returns an index that is added to a table. The request has to define the attributes of its key;
   * those that the table already defines must have the same types.
   *
   * @param mode the billing mode of the table once it has the index
   */
  static GlobalIndex added(
      NewIndex index,
      TableDescription table,
      @Nullable List<AttributeDefinition> definitions,
      BillingMode mode) {
    if (definitions == null) {
      throw invalid("AttributeDefinitions is not specified for index: " + index.name());
    }
    new IndexRules(definitions, table.key()).requireDefined(index);
    List<AttributeDefinition> all = new ArrayList<>(table.definitions());
    definitions.stream()
        .filter(definition ->
            table.definitions().stream().noneMatch(known -> known.name().equals(definition.name())))
        .forEach(all::add);
    IndexRules rules = new IndexRules(all, table.key());
    GlobalIndex added = rules.shape(index, mode);
    requireThroughputOfAdded(index, mode);
    Optional<WarmThroughput> warm = warm(index, mode);
    if (table.index(index.name()).isPresent()) {
      throw new ValidationException("Attempting to create an index which already exists");
    }
    RedefinedAttributes.refuse(index, table, definitions);
    int others =
        table.indexes().stream().mapToInt(old -> old.projection().nonKeyAttributes().size()).sum();
    refuseTooManyAttributes(others + added.projection().nonKeyAttributes().size());
    return warm.map(added::withWarmThroughput).orElse(added);
  }

  private static Optional<WarmThroughput> warm(NewIndex index, @Nullable BillingMode mode) {
    return WarmRules.forCreation(
        WarmRules.index(index.name()), mode, index.throughput(), index.warmThroughput());
  }

  private static List<NewIndex> given(@Nullable List<NewIndex> indexes, String member) {
    if (indexes != null && indexes.isEmpty()) {
      throw invalid("List of " + member + " is empty");
    }
    return indexes == null ? List.of() : indexes;
  }

  private void refuseUnused(List<NewIndex> local, List<NewIndex> global) {
    Set<String> used = new LinkedHashSet<>();
    tableKey.attributes().forEach(attribute -> used.add(attribute.name()));
    for (List<NewIndex> indexes : List.of(local, global)) {
      for (NewIndex index : indexes) {
        requireDefined(index);
        index.keySchema().forEach(element -> used.add(element.attributeName()));
      }
    }
    List<String> defined = definitions.stream().map(AttributeDefinition::name).toList();
    if (!used.containsAll(defined)) {
      throw invalid(
          "Some AttributeDefinitions are not used. AttributeDefinitions: "
              + defined
              + ", keys used: "
              + used);
    }
  }

  private void requireDefined(NewIndex index) {
    List<String> defined = definitions.stream().map(AttributeDefinition::name).toList();
    List<String> keys = index.keySchema().stream().map(KeySchemaElement::attributeName).toList();
    if (!defined.containsAll(keys)) {
      throw invalid(
          "Some index key attributes are not defined in AttributeDefinitions. Keys: "
              + keys
              + ", AttributeDefinitions: "
              + defined);
    }
  }

  private LocalIndex local(NewIndex index) {
    TableKey key = KeySchemaRules.roles(definitions, index.keySchema());
    AttributeDefinition sort =
        key.sort()
            .orElseThrow(() ->
                invalid("Index KeySchema does not have a range key for index: " + index.name()));
    if (!key.partition().equals(tableKey.partition())) {
      throw invalid(
          "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
              + index.name()
              + ". index hash key: "
              + key.partition().name()
              + ", table hash key: "
              + tableKey.partition().name());
    }
    IndexProjection projection = projection(index);
    return new LocalIndex(
        newName(index), new IndexKey(List.of(key.partition()), List.of(sort)), projection);
  }

  private GlobalIndex global(NewIndex index, @Nullable BillingMode mode) {
    GlobalIndex shaped = shape(index, mode);
    requireThroughput(index, mode);
    return warm(index, mode)
        .map(warm -> shaped.withWarmThroughput(warm.whileUpdating()))
        .orElse(shaped);
  }

  private GlobalIndex shape(NewIndex index, @Nullable BillingMode mode) {
    IndexKey key = globalKey(index.keySchema());
    IndexProjection projection = projection(index);
    return new GlobalIndex(
        newName(index),
        key,
        projection,
        IndexStatus.CREATING,
        Optional.empty(),
        units(index.throughput()),
        OnDemandRules.ofIndex(index.name(), mode, index.onDemandMaximum()),
        Optional.empty());
  }

  private static ProvisionedThroughput units(@Nullable ThroughputUnits units) {
    return units == null
        ? ProvisionedThroughput.NONE
        : ProvisionedThroughput.of(units.readUnits(), units.writeUnits());
  }

  private static void requireThroughput(NewIndex index, @Nullable BillingMode mode) {
    boolean byRequest = mode == BillingMode.PAY_PER_REQUEST;
    if (byRequest && index.throughput() != null) {
      throw invalid(
          "ProvisionedThroughput should not be specified for index: "
              + index.name()
              + " when BillingMode is PAY_PER_REQUEST");
    }
    if (!byRequest && index.throughput() == null) {
      throw invalid("ProvisionedThroughput is not specified for index: " + index.name());
    }
  }

  private static void requireThroughputOfAdded(NewIndex index, BillingMode mode) {
    boolean byRequest = mode == BillingMode.PAY_PER_REQUEST;
    if (byRequest && index.throughput() != null) {
      throw invalid(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: "
              + index.name()
              + " when BillingMode is PAY_PER_REQUEST");
    }
    if (!byRequest && index.throughput() == null) {
      throw invalid(
          "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: "
              + index.name());
    }
  }

  private IndexKey globalKey(List<KeySchemaElement> schema) {
    List<AttributeDefinition> partition = new ArrayList<>();
    List<AttributeDefinition> sort = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (KeySchemaElement element : schema) {
      if (!seen.add(element.attributeName())) {
        throw new ValidationException(
            schema.size() == 2 && element.keyType() == KeyType.RANGE
                ? "Both the Hash Key and the Range Key element in the KeySchema have the same name"
                : "The KeySchema contains multiple key attributes with the same name");
      }
      switch (element.keyType()) {
        case HASH -> {
          if (!sort.isEmpty() && !partition.isEmpty()) {
            throw invalid(
                "All HASH key attributes must precede RANGE key attributes in the KeySchema");
          }
          partition.add(defined(element));
        }
        case RANGE -> sort.add(defined(element));
      }
      if (partition.isEmpty()) {
        throw new ValidationException(
            "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
      }
    }
    requireParts(partition, "HASH");
    requireParts(sort, "RANGE");
    return new IndexKey(partition, sort);
  }

  private static void requireParts(List<AttributeDefinition> attributes, String type) {
    if (attributes.size() > Limits.INDEX_KEY_PARTS) {
      throw invalid(
          "The KeySchema exceeds the maximum allowed number of " + type + " key attributes");
    }
  }

  private AttributeDefinition defined(KeySchemaElement element) {
    return definitions.stream()
        .filter(definition -> definition.name().equals(element.attributeName()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("an undefined key attribute was let through"));
  }

  private IndexName newName(NewIndex index) {
    if (!names.add(index.name())) {
      throw invalid("Duplicate index name: " + index.name());
    }
    return new IndexName(index.name());
  }

  private static IndexProjection projection(NewIndex index) {
    if (index.projectionType() == null) {
      throw invalid("Unknown ProjectionType: null");
    }
    IndexProjection.Type type = IndexProjection.Type.valueOf(index.projectionType());
    List<String> attributes = Objects.requireNonNullElse(index.nonKeyAttributes(), List.of());
    boolean included = type == IndexProjection.Type.INCLUDE;
    if (included == attributes.isEmpty()) {
      throw invalid(
          "ProjectionType is "
              + type
              + ", but NonKeyAttributes is "
              + (included ? "not specified" : "specified"));
    }
    Set<String> seen = new HashSet<>();
    for (String name : attributes) {
      if (!seen.add(name)) {
        throw invalid("Duplicate element in NonKeyAttributes: " + name);
      }
    }
    return new IndexProjection(type, attributes.stream().sorted().toList());
  }

  /**
   * Refuses more attributes than a table's indexes may project. No source has the service's text.
   */
  private static void refuseTooManyAttributes(int count) {
    if (count > Limits.TABLE_INDEX_ATTRIBUTES) {
      throw invalid(
          "Number of NonKeyAttributes of all indexes exceeds the per-table limit of "
              + Limits.TABLE_INDEX_ATTRIBUTES);
    }
  }

  private static ValidationException invalid(String problem) {
    return ValidationException.ofParameters(problem);
  }
}
