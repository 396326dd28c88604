package org.ostraka.engine.index;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.KeyType;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.KeySchemaElement;

/**
 * The rules that make a table's key from a request's definitions and key schema, or refuse them.
 * Stateless.
 */
public final class KeySchemaRules {

  private KeySchemaRules() {}

  /**
   * Returns a table's key. The checks are in the service's order, which the transcripts of
   * CreateTable pin.
   *
   * @param alone whether the table has no indexes; the keys of indexes use definitions as well
   */
  public static TableKey key(
      List<AttributeDefinition> definitions, List<KeySchemaElement> schema, boolean alone) {
    refuseDuplicates(definitions);
    if (schema.size() > definitions.size()) {
      throw new ValidationException(
          "Invalid KeySchema: Some index key attribute have no definition");
    }
    refuseUndefined(definitions, schema);
    TableKey key = roles(definitions, schema);
    if (alone && schema.size() < definitions.size()) {
      throw ValidationException.ofParameters(
          "Number of attributes in KeySchema does not exactly match number of attributes"
              + " defined in AttributeDefinitions");
    }
    return key;
  }

  /** Returns the key of one or two attributes, which must all be defined. */
  static TableKey roles(List<AttributeDefinition> definitions, List<KeySchemaElement> schema) {
    KeySchemaElement first = schema.getFirst();
    Optional<KeySchemaElement> second = schema.stream().skip(1).findFirst();
    if (second.isPresent() && second.get().attributeName().equals(first.attributeName())) {
      throw new ValidationException(
          "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }
    if (first.keyType() != KeyType.HASH) {
      throw new ValidationException(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
    if (second.isPresent() && second.get().keyType() != KeyType.RANGE) {
      throw new ValidationException(
          "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
    Map<String, AttributeDefinition> byName =
        definitions.stream()
            .collect(Collectors.toMap(AttributeDefinition::name, Function.identity()));
    return new TableKey(defined(byName, first), second.map(element -> defined(byName, element)));
  }

  private static AttributeDefinition defined(
      Map<String, AttributeDefinition> byName, KeySchemaElement element) {
    return Optional.ofNullable(byName.get(element.attributeName()))
        .orElseThrow(() -> new IllegalStateException("an undefined key attribute was let through"));
  }

  private static void refuseDuplicates(List<AttributeDefinition> definitions) {
    Set<String> names = new HashSet<>();
    for (AttributeDefinition definition : definitions) {
      if (!names.add(definition.name())) {
        throw new ValidationException("Attribute Name is duplicated: " + definition.name());
      }
    }
  }

  private static void refuseUndefined(
      List<AttributeDefinition> definitions, List<KeySchemaElement> schema) {
    List<String> defined = definitions.stream().map(AttributeDefinition::name).toList();
    List<String> keys = schema.stream().map(KeySchemaElement::attributeName).toList();
    if (!defined.containsAll(keys)) {
      throw ValidationException.ofParameters(
          "Some index key attributes are not defined in AttributeDefinitions. Keys: "
              + keys
              + ", AttributeDefinitions: "
              + defined);
    }
  }
}
