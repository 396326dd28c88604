package org.ostraka.engine.encoding;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;

/**
 * Reads what {@link KeyEncoding} writes, by its description and not by its code. The server has no
 * use for this: its items hold their keys. One thread.
 */
final class KeyReader {
  private final ByteBuffer bytes;

  KeyReader(Bytes bytes) {
    this.bytes = ByteBuffer.wrap(bytes.array());
  }

  List<AttributeValue> values() {
    List<AttributeValue> values = new ArrayList<>();
    while (bytes.hasRemaining()) {
      values.add(value());
    }
    return values;
  }

  private AttributeValue value() {
    int tag = bytes.get();
    return switch (tag) {
      case 0x10 -> new AttributeValue.N(number());
      case 0x20 -> new AttributeValue.S(new String(content(), StandardCharsets.UTF_8));
      case 0x30 -> new AttributeValue.B(Bytes.wrap(content()));
      default -> throw new AssertionError("no type has the tag " + tag);
    };
  }

  private byte[] content() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (true) {
      byte next = bytes.get();
      if (next == 0 && bytes.get() == 1) {
        return content.toByteArray();
      }
      content.write(next);
    }
  }

  private BigDecimal number() {
    int sign = bytes.get() - 2;
    if (sign == 0) {
      return BigDecimal.ZERO;
    }
    int complement = sign > 0 ? 0 : 0xFF;
    int exponent = ((bytes.get() & 0xFF) ^ complement) - 130;
    StringBuilder digits = new StringBuilder();
    for (int pair = pair(complement); pair > 0; pair = pair(complement)) {
      digits.append("%02d".formatted(pair - 1));
    }
    BigInteger unscaled = new BigInteger(digits.toString());
    BigDecimal number = new BigDecimal(unscaled, digits.length() - 1 - exponent);
    return sign > 0 ? number : number.negate();
  }

  private int pair(int complement) {
    return (bytes.get() & 0xFF) ^ complement;
  }
}
