package org.ostraka.engine.encoding;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.DecimalNumber;

/**
 * Encodes key attributes as bytes whose unsigned order is the order of the values. Part of the
 * format on disk. Stateless.
 *
 * <p>A value is a tag for its type, its content, and an end, so that values written one after the
 * other sort as tuples and no two tuples share their bytes:
 *
 * <ul>
 *   <li>number: a byte for the sign; for numbers other than zero the exponent, as one byte from
 *       -130 on, then two digits in each byte as 1 to 100, then 0. All bytes after the sign are
 *       complemented for a negative number.
 *   <li>text (as UTF-8) and binary: the bytes, where 00 is written as 00 FF, then 00 01.
 * </ul>
 */
public final class KeyEncoding {
  static final int TAG_NUMBER = 0x10;
  static final int TAG_TEXT = 0x20;
  static final int TAG_BINARY = 0x30;
  private static final int NEGATIVE = 1;
  static final int ZERO = 2;
  static final int POSITIVE = 3;
  static final int ESCAPED = 0x00;
  private static final int ESCAPE = 0xFF;
  static final int END = 0x01;

  /** The number of bytes that end text or binary. */
  private static final int END_BYTES = 2;

  private KeyEncoding() {}

  /**
   * Returns the bytes of one key attribute.
   *
   * @throws IllegalArgumentException unless the value is text, a number or binary
   */
  public static Bytes encode(AttributeValue value) {
    return encode(List.of(value));
  }

  /**
   * Returns the bytes of several key attributes, which sort by the first, then the second, and so
   * on.
   */
  public static Bytes encode(List<AttributeValue> values) {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    for (AttributeValue value : values) {
      append(sink, value);
    }
    return Bytes.wrap(sink.toByteArray());
  }

  /**
   * Returns the bytes with which exactly those encoded values begin that begin with the given text
   * or binary.
   *
   * @throws IllegalArgumentException if the value is a number
   */
  public static Bytes encodeBeginning(AttributeValue value) {
    if (value instanceof AttributeValue.N) {
      throw new IllegalArgumentException("a number is no beginning of others");
    }
    byte[] whole = encode(value).array();
    return Bytes.wrap(Arrays.copyOf(whole, whole.length - END_BYTES));
  }

  private static void append(ByteArrayOutputStream sink, AttributeValue value) {
    // Catalogues have keys of texts: a start goes without a class that the switch makes
    // (decision 9).
    if (value instanceof AttributeValue.S(String text)) {
      appendEscaped(sink, TAG_TEXT, text.getBytes(StandardCharsets.UTF_8));
      return;
    }
    switch (value) {
      case AttributeValue.S(String text) ->
          appendEscaped(sink, TAG_TEXT, text.getBytes(StandardCharsets.UTF_8));
      case AttributeValue.B(Bytes bytes) -> appendEscaped(sink, TAG_BINARY, bytes.array());
      case AttributeValue.N(BigDecimal number) -> appendNumber(sink, number);
      case AttributeValue.Bool _,
          AttributeValue.Null _,
          AttributeValue.L _,
          AttributeValue.M _,
          AttributeValue.SS _,
          AttributeValue.NS _,
          AttributeValue.BS _ ->
          throw new IllegalArgumentException("a key attribute is text, a number or binary");
    }
  }

  private static void appendEscaped(ByteArrayOutputStream sink, int tag, byte[] content) {
    sink.write(tag);
    int copied = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == ESCAPED) {
        sink.write(content, copied, i + 1 - copied);
        sink.write(ESCAPE);
        copied = i + 1;
      }
    }
    sink.write(content, copied, content.length - copied);
    sink.write(ESCAPED);
    sink.write(END);
  }

  private static void appendNumber(ByteArrayOutputStream sink, BigDecimal number) {
    sink.write(TAG_NUMBER);
    int sign = number.signum();
    if (sign == 0) {
      sink.write(ZERO);
      return;
    }
    sink.write(sign > 0 ? POSITIVE : NEGATIVE);
    int complement = sign > 0 ? 0 : 0xFF;
    sink.write((DecimalNumber.exponent(number) - DecimalNumber.MIN_EXPONENT) ^ complement);
    String digits = number.unscaledValue().abs().toString();
    for (int i = 0; i < digits.length(); i += 2) {
      int tens = digits.charAt(i) - '0';
      int ones = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
      sink.write((tens * 10 + ones + 1) ^ complement);
    }
    sink.write(complement);
  }
}
