package org.ostraka.engine.item;

import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.ItemSize;
import org.ostraka.model.Limits;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * Checks key attributes against a table's schema and returns their row. Stateless.
 *
 * <p>Each key attribute, the partition key first, must be present, of its type, not empty and not
 * too long. The service's messages and their order are pinned by the transcripts of PutItem,
 * GetItem and DeleteItem.
 */
public final class ItemKey {
  private ItemKey() {}

  /** Returns the row of a whole item. */
  public static RowKey ofItem(Space space, TableKey schema, Item item) {
    for (AttributeDefinition attribute : schema.attributes()) {
      AttributeValue value =
          item.attribute(attribute.name())
              .orElseThrow(() ->
                  ValidationException.ofParameters(
                      "Missing the key " + attribute.name() + " in the item"));
      requireType(attribute, value);
      requireContent(schema, attribute, value);
    }
    return row(space, schema, item.attributes());
  }

  /** Returns the row of a key that has the key attributes and no others. */
  public static RowKey ofKey(Space space, TableKey schema, Item key) {
    requireFit(schema, key);
    for (AttributeDefinition attribute : schema.attributes()) {
      key.attribute(attribute.name()).ifPresent(value -> requireContent(schema, attribute, value));
    }
    return row(space, schema, key.attributes());
  }

  /** Refuses a key that does not fit the schema. */
  public static void requireFit(TableKey schema, Item key) {
    if (!fits(schema, key)) {
      throw new ValidationException("The provided key element does not match the schema");
    }
  }

  /** Returns the key attributes of an item, as far as it has them. */
  public static Item within(TableKey schema, Item item) {
    return item.only(schema.attributes().stream().map(AttributeDefinition::name).toList());
  }

  /** Refuses text and binary values of a key that are empty, whether or not the key fits. */
  public static void refuseEmpty(Item key) {
    key.attributes().forEach(ItemKey::refuseEmpty);
  }

  private static void refuseEmpty(String name, AttributeValue value) {
    boolean text = value instanceof AttributeValue.S;
    if ((text || value instanceof AttributeValue.B) && ItemSize.of(value) == 0) {
      throw new ValidationException(
          "One or more parameter values are not valid. The AttributeValue for a key attribute"
              + " cannot contain an empty "
              + (text ? "string" : "binary")
              + " value. Key: "
              + name);
    }
  }

  /** Returns whether a key has just the schema's attributes, each of its type. */
  public static boolean fits(TableKey schema, Item key) {
    int attributes = schema.sort().isPresent() ? 2 : 1;
    return key.attributes().size() == attributes
        && has(key, schema.partition())
        && (schema.sort().isEmpty() || has(key, schema.sort().get()));
  }

  /** Returns whether a key has an attribute, of its type. */
  public static boolean has(Item key, AttributeDefinition attribute) {
    AttributeValue value = key.attributes().get(attribute.name());
    return value != null && attribute.type().isOf(value);
  }

  private static RowKey row(Space space, TableKey schema, Map<String, AttributeValue> attributes) {
    return new RowKey(
        space, part(Optional.of(schema.partition()), attributes), part(schema.sort(), attributes));
  }

  private static Bytes part(
      Optional<AttributeDefinition> attribute, Map<String, AttributeValue> attributes) {
    return attribute
        .flatMap(present -> Optional.ofNullable(attributes.get(present.name())))
        .map(KeyEncoding::encode)
        .orElse(Bytes.EMPTY);
  }

  private static void requireType(AttributeDefinition attribute, AttributeValue value) {
    if (!attribute.type().isOf(value)) {
      throw ValidationException.ofParameters(
          "Type mismatch for key "
              + attribute.name()
              + " expected: "
              + attribute.type()
              + " actual: "
              + AttributeTypes.tag(value));
    }
  }

  private static void requireContent(
      TableKey schema, AttributeDefinition attribute, AttributeValue value) {
    if (value instanceof AttributeValue.N) {
      return;
    }
    refuseEmpty(attribute.name(), value);
    int size = ItemSize.of(value);
    boolean partition = attribute.equals(schema.partition());
    if (partition && size > Limits.PARTITION_KEY_BYTES) {
      throw ValidationException.ofParameters(
          "Size of hashkey has exceeded the maximum" + " size limit of2048 bytes");
    }
    if (!partition && size > Limits.SORT_KEY_BYTES) {
      throw ValidationException.ofParameters(
          "Aggregated size of all range keys has" + " exceeded the size limit of 1024 bytes");
    }
  }
}
