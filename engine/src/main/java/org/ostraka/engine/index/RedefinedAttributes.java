package org.ostraka.engine.index;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.Index;
import org.ostraka.model.IndexKey;
import org.ostraka.model.KeyType;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.NewIndex;

/**
 * The rule that refuses a new index whose key gives an attribute another type than the table's key
 * or an older index does. Stateless.
 *
 * <p>A definition that the new index does not use may have any type (dynoxide's CHANGELOG, 0.11.2
 * and 0.12.0, verified on the service).
 */
final class RedefinedAttributes {
  private RedefinedAttributes() {}

  /**
   * Refuses an index that redefines an attribute.
   *
   * @param definitions the attributes as the request defines them
   */
  static void refuse(
      NewIndex index, TableDescription table, List<AttributeDefinition> definitions) {
    Map<String, ScalarType> wanted = types(definitions);
    Map<String, ScalarType> known = types(table.definitions());
    index.keySchema().stream()
        .map(element -> element.attributeName())
        .filter(name -> known.containsKey(name) && known.get(name) != wanted.get(name))
        .findFirst()
        .ifPresent(name -> {
          throw ValidationException.ofParameters(
              "Attributes cannot be redefined. Please check that your attribute has the same type"
                  + " as previously defined. Existing schema: "
                  + schema(existing(table, name))
                  + " New schema: "
                  + schema(index, wanted));
        });
  }

  /** Returns the types by name. If an attribute is defined twice, the first definition counts. */
  private static Map<String, ScalarType> types(List<AttributeDefinition> definitions) {
    return definitions.stream()
        .collect(
            Collectors.toMap(
                AttributeDefinition::name, AttributeDefinition::type, (first, _) -> first));
  }

  /** Returns the key that has the attribute: the table's, else that of the first such index. */
  private static IndexKey existing(TableDescription table, String name) {
    return Stream.concat(
            Stream.of(IndexKey.of(table.key())), table.indexes().stream().map(Index::key))
        .filter(key -> key.attributes().stream().anyMatch(each -> each.name().equals(name)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no key has the defined attribute " + name));
  }

  private static String schema(IndexKey key) {
    return schema(
        Stream.concat(
            key.partition().stream().map(each -> element(each.name(), each.type(), KeyType.HASH)),
            key.sort().stream().map(each -> element(each.name(), each.type(), KeyType.RANGE))));
  }

  private static String schema(NewIndex index, Map<String, ScalarType> types) {
    return schema(
        index.keySchema().stream()
            .map(each ->
                element(each.attributeName(), type(each.attributeName(), types), each.keyType())));
  }

  private static ScalarType type(String name, Map<String, ScalarType> types) {
    return Objects.requireNonNull(types.get(name), "a key attribute is defined");
  }

  private static String schema(Stream<String> elements) {
    return elements.collect(Collectors.joining(", ", "Schema:[", "]"));
  }

  private static String element(String name, ScalarType type, KeyType role) {
    return "SchemaElement: key{" + name + ":" + type + ":" + role + "}";
  }
}
