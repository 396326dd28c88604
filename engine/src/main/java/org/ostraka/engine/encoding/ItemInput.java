package org.ostraka.engine.encoding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.ostraka.engine.encoding.ItemEncoding.Tag;
import org.ostraka.model.AttributeSink;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.Limits;
import org.ostraka.model.ScalarType;
import org.ostraka.storage.CorruptDataException;

/** Reads what {@link ItemEncoding} wrote, and refuses everything else. One thread. */
final class ItemInput {
  /**
   * The number that is added to a scale, which is between -125 and 167, so that two LEB128 bytes
   * hold it.
   */
  static final int SCALE_BIAS = 128;

  private static final int MAX_UNSIGNED_SHIFT = 28;

  /** Shared values: an item may have hundreds of thousands of them. */
  private static final AttributeValue FALSE = new AttributeValue.Bool(false);

  private static final AttributeValue TRUE = new AttributeValue.Bool(true);
  private static final AttributeValue NULL = new AttributeValue.Null();

  /** The bytes of 38 digits and a sign, in two's complement. */
  private static final int MAX_NUMBER_BYTES = 16;

  private static final int MIN_SCALE = -DecimalNumber.MAX_EXPONENT;
  private static final int MAX_SCALE = DecimalNumber.MAX_DIGITS - 1 - DecimalNumber.MIN_EXPONENT;

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
    return checked(() -> readAttributes(1));
  }

  /**
   * Writes the attributes to a sink without making objects of them. It does not notice attributes
   * or elements that occur twice.
   */
  void writeTo(AttributeSink sink) {
    try {
      writeAttributes(1, sink);
    } catch (BufferUnderflowException broken) {
      throw unreadable(broken);
    }
  }

  /** Counts the values, including nested ones and elements of sets, up to {@code most}. */
  int values(int most) {
    try {
      int values = 0;
      int attributes = count();
      for (int i = 0; i < attributes && values < most; i++) {
        skip(count());
        values += valuesWithin(1, most - values);
      }
      return values;
    } catch (BufferUnderflowException | IllegalArgumentException broken) {
      throw unreadable(broken);
    }
  }

  /**
   * Returns whether two items, both after their sizes, have a text or binary attribute that
   * differs, or different numbers of attributes. It looks only at attributes that stand in the same
   * order; false says nothing.
   */
  static boolean surelyDiffer(ItemInput one, ItemInput other) {
    try {
      int attributes = one.count();
      if (other.count() != attributes) {
        return true;
      }
      for (int i = 0; i < attributes; i++) {
        if (!one.sameAsIn(other, one.part(), other.part())) {
          return false;
        }
        int tag = one.nextTag();
        boolean sameTag = tag == other.nextTag();
        boolean scalar = tag == Tag.TEXT || tag == Tag.BINARY;
        if (!one.sameAsIn(other, one.wholeValue(), other.wholeValue())) {
          return scalar && sameTag;
        }
      }
      return false;
    } catch (BufferUnderflowException | IllegalArgumentException broken) {
      throw unreadable(broken);
    }
  }

  /** Moves behind a name, and returns how many bytes it has. */
  private int part() {
    int count = count();
    skip(count);
    return count;
  }

  /** Returns the tag of the next value without moving. */
  private int nextTag() {
    int tag = bytes.get();
    bytes.position(bytes.position() - 1);
    return tag;
  }

  /** Moves behind a value with its tag, and returns how many bytes it has. */
  private int wholeValue() {
    int start = bytes.position();
    valuesWithin(1, Integer.MAX_VALUE);
    return bytes.position() - start;
  }

  /** Returns whether the last bytes that two inputs have read are the same. */
  private boolean sameAsIn(ItemInput other, int length, int otherLength) {
    int end = bytes.position();
    int otherEnd = other.bytes.position();
    return Arrays.equals(
        bytes.array(), end - length, end, other.bytes.array(), otherEnd - otherLength, otherEnd);
  }

  private int valuesWithin(int level, int most) {
    int tag = tag(level);
    return switch (tag) {
      case Tag.TEXT, Tag.BINARY -> {
        skip(count());
        yield 1;
      }
      case Tag.NUMBER -> {
        unsigned();
        skip(count());
        yield 1;
      }
      case Tag.FALSE, Tag.TRUE, Tag.NULL -> 1;
      case Tag.LIST -> {
        int values = 1;
        for (int left = count(); left > 0 && values < most; left--) {
          values += valuesWithin(level + 1, most - values);
        }
        yield values;
      }
      case Tag.MAP -> {
        int values = 1;
        for (int left = count(); left > 0 && values < most; left--) {
          skip(count());
          values += valuesWithin(level + 1, most - values);
        }
        yield values;
      }
      case Tag.TEXT_SET, Tag.NUMBER_SET, Tag.BINARY_SET -> elements(tag, most);
      default -> throw unknownType(tag);
    };
  }

  private int elements(int tag, int most) {
    int count = count();
    int looked = Math.min(count, most);
    for (int i = 0; i < looked; i++) {
      if (tag == Tag.NUMBER_SET) {
        unsigned();
      }
      skip(count());
    }
    return 1 + looked;
  }

  private void skip(int length) {
    bytes.position(bytes.position() + length);
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
      throw unreadable(broken);
    }
  }

  private static CorruptDataException unreadable(RuntimeException broken) {
    return new CorruptDataException("a stored item cannot be read", broken);
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

  /**
   * Reads attributes by name.
   *
   * @param level the nesting level of their values, 1 for those of the item
   */
  private Map<String, AttributeValue> readAttributes(int level) {
    int count = count();
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      if (attributes.put(text(), value(level)) != null) {
        throw new CorruptDataException("a stored item has an attribute twice");
      }
    }
    return attributes;
  }

  private int tag(int level) {
    if (level > Limits.NESTING_LEVELS) {
      throw new CorruptDataException("a stored item has too many levels");
    }
    return bytes.get();
  }

  private static CorruptDataException unknownType(int tag) {
    return new CorruptDataException("a stored item holds an unknown type: " + tag);
  }

  private AttributeValue value(int level) {
    int tag = tag(level);
    return switch (tag) {
      case Tag.TEXT -> new AttributeValue.S(text());
      case Tag.NUMBER -> new AttributeValue.N(number());
      case Tag.BINARY -> new AttributeValue.B(binary());
      case Tag.FALSE -> FALSE;
      case Tag.TRUE -> TRUE;
      case Tag.NULL -> NULL;
      case Tag.LIST -> new AttributeValue.L(list(level + 1));
      case Tag.MAP -> new AttributeValue.M(readAttributes(level + 1));
      case Tag.TEXT_SET -> new AttributeValue.SS(set(this::text));
      case Tag.NUMBER_SET -> new AttributeValue.NS(set(this::number));
      case Tag.BINARY_SET -> new AttributeValue.BS(set(this::binary));
      default -> throw unknownType(tag);
    };
  }

  private void writeAttributes(int level, AttributeSink sink) {
    int count = count();
    for (int i = 0; i < count; i++) {
      part(sink::name);
      writeValue(level, sink);
    }
  }

  private void writeValue(int level, AttributeSink sink) {
    int tag = tag(level);
    switch (tag) {
      case Tag.TEXT -> part(sink::text);
      case Tag.NUMBER -> sink.number(number());
      case Tag.BINARY -> part(sink::binary);
      case Tag.FALSE -> sink.bool(false);
      case Tag.TRUE -> sink.bool(true);
      case Tag.NULL -> sink.nullValue();
      case Tag.LIST -> {
        sink.startList();
        times(count(), () -> writeValue(level + 1, sink));
        sink.endList();
      }
      case Tag.MAP -> {
        sink.startMap();
        writeAttributes(level + 1, sink);
        sink.endMap();
      }
      case Tag.TEXT_SET -> writeSet(ScalarType.S, sink, () -> part(sink::text));
      case Tag.NUMBER_SET -> writeSet(ScalarType.N, sink, () -> sink.number(number()));
      case Tag.BINARY_SET -> writeSet(ScalarType.B, sink, () -> part(sink::binary));
      default -> throw unknownType(tag);
    }
  }

  private void writeSet(ScalarType type, AttributeSink sink, Runnable element) {
    sink.startSet(type);
    times(count(), element);
    sink.endSet();
  }

  private static void times(int count, Runnable element) {
    for (int i = 0; i < count; i++) {
      element.run();
    }
  }

  private List<AttributeValue> list(int level) {
    int count = count();
    List<AttributeValue> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value(level));
    }
    return values;
  }

  private <T> Set<T> set(Supplier<T> element) {
    int count = count();
    Set<T> values = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      if (!values.add(element.get())) {
        throw new CorruptDataException("a stored set has an element twice");
      }
    }
    return values;
  }

  /**
   * Reads a number of elements or bytes. Each takes a byte at least, so a greater number than the
   * bytes that are left is damage, not a reason to allocate.
   */
  private int count() {
    int count = unsigned();
    if (count < 0 || count > bytes.remaining()) {
      throw new CorruptDataException("a stored item ends too early");
    }
    return count;
  }

  private String text() {
    int count = count();
    int start = bytes.position();
    bytes.position(start + count);
    return new String(bytes.array(), start, count, StandardCharsets.UTF_8);
  }

  private void part(Part sink) {
    int count = count();
    int start = bytes.position();
    bytes.position(start + count);
    sink.take(bytes.array(), start, count);
  }

  /** Takes a part of the stored bytes. */
  @FunctionalInterface
  private interface Part {
    void take(byte[] array, int offset, int length);
  }

  private Bytes binary() {
    return Bytes.wrap(array(count()));
  }

  private BigDecimal number() {
    int scale = unsigned() - SCALE_BIAS;
    int length = count();
    boolean beyond = scale < MIN_SCALE || scale > MAX_SCALE || length > MAX_NUMBER_BYTES;
    if (beyond || length == 0) {
      throw new CorruptDataException("a stored number is beyond the limits of numbers");
    }
    if (length > Long.BYTES) {
      return new BigDecimal(new BigInteger(array(length)), scale);
    }
    long unscaled = bytes.get();
    for (int i = 1; i < length; i++) {
      unscaled = (unscaled << Byte.SIZE) | (bytes.get() & 0xFF);
    }
    return BigDecimal.valueOf(unscaled, scale);
  }

  private byte[] array(int length) {
    byte[] array = new byte[length];
    bytes.get(array);
    return array;
  }
}
