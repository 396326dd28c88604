package org.ostraka.engine.reference;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;

/** The order of values of one type. Stateless. */
enum ValueOrdering implements Comparator<AttributeValue> {
  INSTANCE;

  static boolean areComparable(AttributeValue left, AttributeValue right) {
    return left.getClass() == right.getClass()
        && (left instanceof AttributeValue.S
            || left instanceof AttributeValue.N
            || left instanceof AttributeValue.B);
  }

  @Override
  public int compare(AttributeValue left, AttributeValue right) {
    if (left instanceof AttributeValue.N a && right instanceof AttributeValue.N b) {
      return a.value().compareTo(b.value());
    }
    return Arrays.compareUnsigned(bytes(left), bytes(right));
  }

  private static byte[] bytes(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> text.getBytes(StandardCharsets.UTF_8);
      case AttributeValue.B(Bytes bytes) -> bytes.array();
      default -> throw new AssertionError("no order");
    };
  }
}
