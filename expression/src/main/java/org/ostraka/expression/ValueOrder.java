package org.ostraka.expression;

import java.math.BigDecimal;
import java.util.OptionalInt;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;

/**
 * The order of values of one type: numbers by value, text by its UTF-8 bytes, binary by its bytes,
 * unsigned. Stateless.
 */
final class ValueOrder {
  private ValueOrder() {}

  /** Negative, zero or positive; nothing where the types differ or have no order. */
  static OptionalInt compare(AttributeValue left, AttributeValue right) {
    if (left instanceof AttributeValue.N(BigDecimal a)
        && right instanceof AttributeValue.N(BigDecimal b)) {
      return OptionalInt.of(a.compareTo(b));
    }
    if (left instanceof AttributeValue.S(String a) && right instanceof AttributeValue.S(String b)) {
      return OptionalInt.of(compareText(a, b));
    }
    if (left instanceof AttributeValue.B(Bytes a) && right instanceof AttributeValue.B(Bytes b)) {
      return OptionalInt.of(a.compareTo(b));
    }
    return OptionalInt.empty();
  }

  /**
   * The order of the UTF-8 forms, which is that of the code points. It differs from the order of
   * chars where surrogates, which stand for code points beyond all others, meet higher chars.
   */
  static int compareText(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean bothOrNone = Character.isSurrogate(a) == Character.isSurrogate(b);
        return bothOrNone ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
