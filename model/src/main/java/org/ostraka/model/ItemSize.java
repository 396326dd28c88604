package org.ostraka.model;

import java.util.Map;

/**
 * Sizes in bytes as the service measures them for its limits and for capacity. Stateless.
 *
 * <p>"DynamoDB item sizes and formats" in the Developer Guide gives names, text and binary by their
 * bytes, one byte for a Boolean or null, and three bytes for a list or map plus one for each of its
 * elements. Numbers follow what was measured on the service: see {@link DecimalNumber#sizeBytes}.
 */
public final class ItemSize {
  private static final int CONTAINER_BYTES = 3;
  private static final int ELEMENT_BYTES = 1;

  private ItemSize() {}

  /** Returns the size of top-level attributes: names and values. */
  public static int ofAttributes(Map<String, AttributeValue> attributes) {
    int size = 0;
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      size += Utf8.sizeBytes(attribute.getKey()) + of(attribute.getValue());
    }
    return size;
  }

  /** Returns the size of one value, without its name. */
  public static int of(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S s -> Utf8.sizeBytes(s.value());
      case AttributeValue.N n -> DecimalNumber.sizeBytes(n.value());
      case AttributeValue.B b -> b.value().sizeBytes();
      case AttributeValue.Bool _, AttributeValue.Null _ -> 1;
      case AttributeValue.L list ->
          CONTAINER_BYTES
              + ELEMENT_BYTES * list.values().size()
              + list.values().stream().mapToInt(ItemSize::of).sum();
      case AttributeValue.M map ->
          CONTAINER_BYTES + ELEMENT_BYTES * map.values().size() + ofAttributes(map.values());
      case AttributeValue.SS set -> set.values().stream().mapToInt(Utf8::sizeBytes).sum();
      case AttributeValue.NS set -> set.values().stream().mapToInt(DecimalNumber::sizeBytes).sum();
      case AttributeValue.BS set -> set.values().stream().mapToInt(Bytes::sizeBytes).sum();
    };
  }
}
