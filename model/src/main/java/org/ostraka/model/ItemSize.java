package org.ostraka.model;

import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Sizes in bytes as the service measures them for its limits and for capacity. Stateless.
 *
 * <p>"DynamoDB item sizes and formats" in the Developer Guide gives names, text and binary by their
 * bytes, one byte for a Boolean or null, and three bytes for a list or map plus one for each of its
 * elements. Numbers follow what was measured on the service: see {@link DecimalNumber#sizeBytes}.
 */
public final class ItemSize {
  /** The size of a Boolean or null. */
  public static final int WITHOUT_CONTENT_BYTES = 1;

  private static final int CONTAINER_BYTES = 3;
  private static final int ELEMENT_BYTES = 1;

  private ItemSize() {}

  /** Returns the size of top-level attributes: names and values. */
  public static int ofAttributes(Map<String, AttributeValue> attributes) {
    return ofAttributes(attributes, Utf8::sizeBytes);
  }

  /**
   * Returns a size that these attributes have at least, which is found without looking at the
   * characters of texts: each one has a byte or more.
   */
  public static int least(Map<String, AttributeValue> attributes) {
    return ofAttributes(attributes, String::length);
  }

  /** Returns the size of one value, without its name. */
  public static int of(AttributeValue value) {
    return of(value, Utf8::sizeBytes);
  }

  private static int ofAttributes(
      Map<String, AttributeValue> attributes, ToIntFunction<String> textSize) {
    int size = 0;
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      size += textSize.applyAsInt(attribute.getKey()) + of(attribute.getValue(), textSize);
    }
    return size;
  }

  private static int of(AttributeValue value, ToIntFunction<String> textSize) {
    return switch (value) {
      case AttributeValue.S s -> textSize.applyAsInt(s.value());
      case AttributeValue.N n -> DecimalNumber.sizeBytes(n.value());
      case AttributeValue.B b -> b.value().sizeBytes();
      case AttributeValue.Bool _, AttributeValue.Null _ -> WITHOUT_CONTENT_BYTES;
      case AttributeValue.L list ->
          ofContainer(list.values().size())
              + list.values().stream().mapToInt(each -> of(each, textSize)).sum();
      case AttributeValue.M map ->
          ofContainer(map.values().size()) + ofAttributes(map.values(), textSize);
      case AttributeValue.SS set -> set.values().stream().mapToInt(textSize).sum();
      case AttributeValue.NS set -> set.values().stream().mapToInt(DecimalNumber::sizeBytes).sum();
      case AttributeValue.BS set -> set.values().stream().mapToInt(Bytes::sizeBytes).sum();
    };
  }

  /** Returns what a list or map has beside its elements. */
  public static int ofContainer(int elements) {
    return CONTAINER_BYTES + ELEMENT_BYTES * elements;
  }
}
