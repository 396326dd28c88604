package org.ostraka.expression;

import java.math.BigDecimal;
import java.util.OptionalInt;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Utf8;

/**
 * The order of values of one type: numbers by value, text by its UTF-8 bytes, binary by its bytes,
 * unsigned. Stateless.
 */
final class ValueOrder {
  private ValueOrder() {}

  /**
   * Returns a negative number, zero or a positive number; empty if the types differ or have no
   * order.
   */
  static OptionalInt compare(AttributeValue left, AttributeValue right) {
    if (left instanceof AttributeValue.N(BigDecimal a)
        && right instanceof AttributeValue.N(BigDecimal b)) {
      return OptionalInt.of(a.compareTo(b));
    }
    if (left instanceof AttributeValue.S(String a) && right instanceof AttributeValue.S(String b)) {
      return OptionalInt.of(Utf8.compare(a, b));
    }
    if (left instanceof AttributeValue.B(Bytes a) && right instanceof AttributeValue.B(Bytes b)) {
      return OptionalInt.of(a.compareTo(b));
    }
    return OptionalInt.empty();
  }
}
