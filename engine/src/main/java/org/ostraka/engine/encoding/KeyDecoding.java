package org.ostraka.engine.encoding;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.DecimalNumber;

/** Reads what {@link KeyEncoding} has written, to show keys to people. One thread. */
public final class KeyDecoding {
  private final byte[] bytes;
  private int at;

  private KeyDecoding(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the values of the key attributes.
   *
   * @throws IllegalArgumentException unless these are the bytes of key attributes
   */
  public static List<AttributeValue> values(Bytes encoded) {
    KeyDecoding decoding = new KeyDecoding(encoded.array());
    List<AttributeValue> values = new ArrayList<>();
    while (decoding.at < decoding.bytes.length) {
      values.add(decoding.next());
    }
    return values;
  }

  private AttributeValue next() {
    int tag = take();
    return switch (tag) {
      case KeyEncoding.TAG_TEXT ->
          new AttributeValue.S(new String(content(), StandardCharsets.UTF_8));
      case KeyEncoding.TAG_BINARY -> new AttributeValue.B(Bytes.wrap(content()));
      case KeyEncoding.TAG_NUMBER -> new AttributeValue.N(number());
      default -> throw new IllegalArgumentException("no key attribute has the tag " + tag);
    };
  }

  private byte[] content() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (true) {
      int each = take();
      if (each == KeyEncoding.ESCAPED && take() == KeyEncoding.END) {
        return content.toByteArray();
      }
      content.write(each);
    }
  }

  private BigDecimal number() {
    int sign = take();
    if (sign == KeyEncoding.ZERO) {
      return BigDecimal.ZERO;
    }
    int complement = sign == KeyEncoding.POSITIVE ? 0 : 0xFF;
    int exponent = (take() ^ complement) + DecimalNumber.MIN_EXPONENT;
    StringBuilder digits = new StringBuilder();
    for (int pair = take() ^ complement; pair != 0; pair = take() ^ complement) {
      digits.append((pair - 1) / 10).append((pair - 1) % 10);
    }
    BigDecimal whole =
        new BigDecimal(new BigInteger(digits.toString()), digits.length() - 1 - exponent);
    return sign == KeyEncoding.POSITIVE ? whole : whole.negate();
  }

  private int take() {
    if (at == bytes.length) {
      throw new IllegalArgumentException("the bytes of a key end too early");
    }
    return bytes[at++] & 0xff;
  }
}
