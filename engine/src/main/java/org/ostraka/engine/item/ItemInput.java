package org.ostraka.engine.item;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.ostraka.engine.item.ItemEncoding.Tag;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;

/** Reads what {@link ItemEncoding} wrote, and refuses everything else. One thread. */
final class ItemInput {
  /**
   * Added to a number's scale, which lies between -125 and 167, so that two LEB128 bytes hold it.
   */
  static final int SCALE_BIAS = 128;

  private static final int MAX_UNSIGNED_SHIFT = 28;

  private final ByteBuffer bytes;

  ItemInput(Bytes encoded) {
    this.bytes = ByteBuffer.wrap(encoded.array());
    if (checked(() -> (int) bytes.get()) != ItemEncoding.version()) {
      throw new CorruptDataException("a stored item has an unknown version");
    }
  }

  int size() {
    return checked(this::unsigned);
  }

  Map<String, AttributeValue> attributes() {
    return checked(this::readAttributes);
  }

  void end() {
    if (bytes.hasRemaining()) {
      throw new CorruptDataException("a stored item goes on after its end");
    }
  }

  private static <T> T checked(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (BufferUnderflowException | IllegalArgumentException broken) {
      throw new CorruptDataException("a stored item cannot be read", broken);
    }
  }

  private int unsigned() {
    int value = 0;
    int shift = 0;
    int next = bytes.get();
    while (next < 0) {
      value |= (next & 0x7F) << shift;
      shift += 7;
      if (shift > MAX_UNSIGNED_SHIFT) {
        throw new CorruptDataException("a stored item holds a number that is too long");
      }
      next = bytes.get();
    }
    return value | next << shift;
  }

  private Map<String, AttributeValue> readAttributes() {
    int count = count();
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      attributes.put(text(), value());
    }
    return attributes;
  }

  private AttributeValue value() {
    int tag = bytes.get();
    return switch (tag) {
      case Tag.TEXT -> new AttributeValue.S(text());
      case Tag.NUMBER -> new AttributeValue.N(number());
      case Tag.BINARY -> new AttributeValue.B(binary());
      case Tag.FALSE -> new AttributeValue.Bool(false);
      case Tag.TRUE -> new AttributeValue.Bool(true);
      case Tag.NULL -> new AttributeValue.Null();
      case Tag.LIST -> new AttributeValue.L(list());
      case Tag.MAP -> new AttributeValue.M(readAttributes());
      case Tag.TEXT_SET -> new AttributeValue.SS(set(this::text));
      case Tag.NUMBER_SET -> new AttributeValue.NS(set(this::number));
      case Tag.BINARY_SET -> new AttributeValue.BS(set(this::binary));
      default -> throw new CorruptDataException("a stored item holds an unknown type: " + tag);
    };
  }

  private List<AttributeValue> list() {
    int count = count();
    List<AttributeValue> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value());
    }
    return values;
  }

  private <T> Set<T> set(Supplier<T> element) {
    int count = count();
    Set<T> values = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      values.add(element.get());
    }
    return values;
  }

  /**
   * A number of elements, each of which takes a byte at least: a greater one is damage, not a
   * reason to allocate.
   */
  private int count() {
    int count = unsigned();
    if (count < 0 || count > bytes.remaining()) {
      throw new CorruptDataException("a stored item ends too early");
    }
    return count;
  }

  private String text() {
    return new String(array(), StandardCharsets.UTF_8);
  }

  private Bytes binary() {
    return Bytes.wrap(array());
  }

  private BigDecimal number() {
    int scale = unsigned() - SCALE_BIAS;
    return new BigDecimal(new BigInteger(array()), scale);
  }

  private byte[] array() {
    byte[] array = new byte[count()];
    bytes.get(array);
    return array;
  }
}
