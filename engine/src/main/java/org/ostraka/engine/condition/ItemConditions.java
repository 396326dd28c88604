package org.ostraka.engine.condition;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.engine.expression.WriteExpressions;
import org.ostraka.expression.KeyClause;
import org.ostraka.expression.KeyTest;
import org.ostraka.expression.Path;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.IndexKey;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.Select;
import org.ostraka.model.operation.PageRequest;

/**
 * The condition keys of one access to items: "Using IAM policy conditions for fine-grained access
 * control" in the DynamoDB Developer Guide, and "Actions, resources, and condition keys for Amazon
 * DynamoDB" in the Service Authorization Reference. One thread.
 *
 * <p>{@code Attributes} has the top-level attributes that the request names: in keys, items,
 * projections, conditions, filters and updates. {@code LeadingKeys} has the values of the partition
 * key; a scan has none. An index whose partition key has several attributes has a key for each.
 */
public final class ItemConditions {
  private static final List<String> PARTITION_KEYS =
      List.of(
          "dynamodb:LeadingKeys",
          "dynamodb:SecondPartitionKeyValues",
          "dynamodb:ThirdPartitionKeyValues",
          "dynamodb:FourthPartitionKeyValues");

  private final List<String> partition;
  private final Map<String, List<String>> values = new HashMap<>();
  private final Set<String> attributes = new LinkedHashSet<>();
  private final Map<String, Set<String>> leading = new HashMap<>();

  /**
   * Begins without any key.
   *
   * @param key the key of the table or index that is used; empty when it does not exist
   */
  public ItemConditions(Optional<IndexKey> key) {
    this.partition =
        key.map(each -> each.partition().stream().map(AttributeDefinition::name).toList())
            .orElse(List.of());
  }

  /** Adds an item that is put, or the key of one that is used. */
  public ItemConditions item(Item item) {
    attributes.addAll(item.attributes().keySet());
    for (String name : partition) {
      Optional.ofNullable(item.attributes().get(name)).ifPresent(value -> leading(name, value));
    }
    return this;
  }

  /** Adds several items, or keys of items. */
  public ItemConditions items(List<Item> items) {
    items.forEach(this::item);
    return this;
  }

  /** Adds what expressions of a write name. */
  public ItemConditions expressions(WriteExpressions expressions) {
    expressions.condition().ifPresent(condition -> paths(condition.paths()));
    expressions.update().ifPresent(update -> paths(update.paths()));
    return this;
  }

  /** Adds what expressions of a read name. */
  public ItemConditions expressions(ReadExpressions expressions) {
    for (KeyClause clause : expressions.keys()) {
      attributes.add(clause.attribute());
      if (clause.test().isEquality()
          && clause.test() instanceof KeyTest.Compare(_, AttributeValue value)
          && partition.contains(clause.attribute())) {
        leading(clause.attribute(), value);
      }
    }
    expressions.filter().ifPresent(filter -> paths(filter.paths()));
    expressions.projection().ifPresent(projection -> paths(projection.paths().stream()));
    return this;
  }

  /** Adds the attributes to which paths lead. */
  public ItemConditions paths(Stream<Path> paths) {
    paths.map(Path::attribute).forEach(attributes::add);
    return this;
  }

  /** Adds a value of the partition key. */
  public ItemConditions partitionValue(AttributeValue value) {
    partition.stream().findFirst().ifPresent(name -> leading(name, value));
    return this;
  }

  /** Adds what is returned of each item that is read by its key. */
  public ItemConditions select(ReadExpressions expressions) {
    return select(
        expressions.projection().isPresent() ? Select.SPECIFIC_ATTRIBUTES : Select.ALL_ATTRIBUTES);
  }

  /** Adds what a query or scan returns of each item, which other members decide if it is absent. */
  public ItemConditions select(PageRequest page, ReadExpressions expressions) {
    Select asked = page.select();
    if (asked != null) {
      return select(asked);
    }
    boolean isWhole = expressions.projection().isEmpty();
    return isWhole && page.indexName() != null
        ? select(Select.ALL_PROJECTED_ATTRIBUTES)
        : select(expressions);
  }

  public ItemConditions select(Select select) {
    return with("dynamodb:Select", select.name());
  }

  public ItemConditions returnValues(ReturnValues returned) {
    return with("dynamodb:ReturnValues", returned.name());
  }

  public ItemConditions capacity(ReturnConsumedCapacity returned) {
    return with("dynamodb:ReturnConsumedCapacity", returned.name());
  }

  /** Adds the operation of which this access is a part. */
  public ItemConditions within(String operation) {
    return with("dynamodb:EnclosingOperation", operation);
  }

  /** Adds whether a statement reads a whole table or index. */
  public ItemConditions fullTableScan(boolean isScan) {
    return with("dynamodb:FullTableScan", Boolean.toString(isScan));
  }

  /** Returns the keys, in lower case, with their values. */
  public Map<String, List<String>> keys() {
    if (!attributes.isEmpty()) {
      values.put("dynamodb:attributes", List.copyOf(attributes));
    }
    for (int i = 0; i < Math.min(partition.size(), PARTITION_KEYS.size()); i++) {
      Set<String> found = leading.getOrDefault(partition.get(i), Set.of());
      if (!found.isEmpty()) {
        values.put(PARTITION_KEYS.get(i).toLowerCase(Locale.ROOT), List.copyOf(found));
      }
    }
    List<String> first = values.get("dynamodb:leadingkeys");
    if (first != null) {
      values.put("dynamodb:firstpartitionkeyvalues", first);
    }
    return Map.copyOf(values);
  }

  private ItemConditions with(String key, String value) {
    values.put(key.toLowerCase(Locale.ROOT), List.of(value));
    return this;
  }

  private void leading(String attribute, AttributeValue value) {
    text(value)
        .ifPresent(
            text -> leading.computeIfAbsent(attribute, _ -> new LinkedHashSet<>()).add(text));
  }

  /** Returns the text with which policies compare a value of a key: binary values in Base64. */
  private static Optional<String> text(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> Optional.of(text);
      case AttributeValue.N(BigDecimal number) -> Optional.of(DecimalNumber.text(number));
      case AttributeValue.B(Bytes bytes) ->
          Optional.of(Base64.getEncoder().encodeToString(bytes.array()));
      default -> Optional.empty();
    };
  }
}
