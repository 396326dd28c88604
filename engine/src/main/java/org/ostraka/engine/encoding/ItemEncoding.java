package org.ostraka.engine.encoding;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.AttributeSink;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.Item;
import org.ostraka.model.ItemSize;
import org.ostraka.storage.CorruptDataException;

/**
 * Encodes items as bytes. Part of the format on disk. Stateless.
 *
 * <pre>
 * item    version(1) size attributes        size: the item's size by the service's formula
 * attributes  count (name value)*           name: length, UTF-8
 * value   tag(1) content                    see {@link Tag}
 * </pre>
 *
 * All counts, lengths and sizes are unsigned LEB128 numbers. The size comes first so that capacity
 * can be charged for a stored item without reading it.
 */
public final class ItemEncoding {
  private static final int VERSION = 1;

  /** The size up to which the work of decoding an item is estimated from its size alone. */
  private static final int SMALL_BYTES = 2 * 1024;

  /** The typical size of a value of such an item, together with its name. */
  private static final int BYTES_PER_VALUE = 16;

  /** The number of bytes whose copying takes as long as making one value. */
  private static final int BYTES_PER_UNIT = 1024;

  /** The most bytes of a version and a size. */
  private static final int MAX_HEAD_BYTES = 6;

  /** Room for the types and lengths of a few values. */
  private static final int SOME_BYTES = 64;

  private ItemEncoding() {}

  /** The first byte of a value: its type. */
  static final class Tag {
    static final int TEXT = 1;
    static final int NUMBER = 2;
    static final int BINARY = 3;
    static final int FALSE = 4;
    static final int TRUE = 5;
    static final int NULL = 6;
    static final int LIST = 7;
    static final int MAP = 8;
    static final int TEXT_SET = 9;
    static final int NUMBER_SET = 10;
    static final int BINARY_SET = 11;

    private Tag() {}
  }

  /** Returns an item as bytes. */
  public static Bytes encode(Item item) {
    int least = ItemSize.least(item.attributes());
    Output output = new Output(least + least / 8 + SOME_BYTES);
    return Bytes.wrap(output.item(item.attributes()));
  }

  /** Returns the size of a stored item by the service's formula. */
  public static int sizeBytes(Bytes encoded) {
    return new ItemInput(encoded).size();
  }

  /**
   * Returns the item that the bytes hold.
   *
   * @throws CorruptDataException when {@link #encode} cannot have written them; damage that leaves
   *     a legal item is for the store's checksums to notice
   */
  public static Item decode(Bytes encoded) {
    Item item = ofStored(encoded);
    item.attributes();
    return item;
  }

  /**
   * Returns an item over its stored bytes. They are decoded when its attributes are first asked
   * for; damage is noticed then, or when it is written to a sink, with {@link
   * CorruptDataException}.
   */
  public static Item ofStored(Bytes encoded) {
    return new Item(new Stored(encoded));
  }

  /**
   * Returns the item that bytes of another server hold.
   *
   * @throws CorruptDataException when {@link #encode} cannot have written them, also because they
   *     state another size than the item has
   */
  public static Item received(Bytes encoded) {
    Item item = decode(encoded);
    int stated = sizeBytes(encoded);
    if (stated != item.sizeBytes()) {
      throw new CorruptDataException(
          "an item states a size of " + stated + " bytes and has " + item.sizeBytes());
    }
    return item;
  }

  /**
   * Refuses bytes that {@link #encode} cannot have written, without making objects of them.
   *
   * @throws CorruptDataException when they are damaged
   */
  public static void requireSound(Bytes encoded) {
    ItemInput input = new ItemInput(encoded);
    input.size();
    input.values(Integer.MAX_VALUE);
    input.end();
  }

  /**
   * Returns whether two stored items are surely different, which is found without making objects.
   * Equal items may have different bytes, since the order of attributes and of a set's elements
   * does not matter; so false says nothing.
   *
   * @throws CorruptDataException when damage is met
   */
  public static boolean surelyDiffer(Bytes one, Bytes other) {
    ItemInput first = new ItemInput(one);
    ItemInput second = new ItemInput(other);
    return first.size() != second.size() || ItemInput.surelyDiffer(first, second);
  }

  /** Returns parts of a stored item, in the form of stored bytes. */
  public static Item parts(Bytes encoded, UnaryOperator<Item> parts) {
    return ofStored(encode(parts.apply(ofStored(encoded))));
  }

  /**
   * Returns the work of making objects of an item and looking at them, in units of {@link
   * Allowance}. It stops counting values beyond {@link Allowance#SHARED_THREAD_WORK}.
   */
  public static long work(Bytes encoded) {
    int bytes = encoded.sizeBytes();
    if (bytes <= SMALL_BYTES) {
      return bytes / BYTES_PER_VALUE;
    }
    ItemInput input = new ItemInput(encoded);
    input.size();
    return (long) input.values(Allowance.SHARED_THREAD_WORK) + bytes / BYTES_PER_UNIT;
  }

  /** An item in this encoding. */
  private record Stored(Bytes encoded) implements Item.Form {
    @Override
    public Map<String, AttributeValue> attributes() {
      ItemInput input = input();
      Map<String, AttributeValue> attributes = input.attributes();
      input.end();
      return attributes;
    }

    @Override
    public void writeTo(AttributeSink sink) {
      ItemInput input = input();
      input.writeTo(sink);
      input.end();
    }

    @Override
    public int storedBytes() {
      return encoded.sizeBytes();
    }

    private ItemInput input() {
      ItemInput input = new ItemInput(encoded);
      input.size();
      return input;
    }
  }

  static int version() {
    return VERSION;
  }

  /**
   * Collects the bytes of an item. One thread. A ByteArrayOutputStream takes a lock for each byte.
   *
   * <p>What writes attributes and values returns their size by the service's formula, which is
   * known as soon as their bytes are: see {@link ItemSize}.
   */
  private static final class Output {
    private byte[] bytes;
    private int count;

    /** Makes an output with room for this many bytes before it has to grow. */
    Output(int bytes) {
      this.bytes = new byte[bytes];
    }

    /** Returns the bytes of an item, whose size stands before its attributes. */
    byte[] item(Map<String, AttributeValue> attributes) {
      count = MAX_HEAD_BYTES;
      int size = attributes(attributes);
      int end = count;
      int start = MAX_HEAD_BYTES - 1 - lengthOfUnsigned(size);
      count = start;
      write(VERSION);
      unsigned(size);
      return Arrays.copyOfRange(bytes, start, end);
    }

    private static int lengthOfUnsigned(int value) {
      int bits = Integer.SIZE - Integer.numberOfLeadingZeros(value | 1);
      return Math.ceilDiv(bits, 7);
    }

    private void write(int value) {
      if (count == bytes.length) {
        grow(1);
      }
      bytes[count++] = (byte) value;
    }

    private void write(byte[] from) {
      if (from.length > bytes.length - count) {
        grow(from.length);
      }
      System.arraycopy(from, 0, bytes, count, from.length);
      count += from.length;
    }

    private void grow(int needed) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(count, needed)));
    }

    void unsigned(int value) {
      int rest = value;
      while ((rest & ~0x7F) != 0) {
        write((rest & 0x7F) | 0x80);
        rest >>>= 7;
      }
      write(rest);
    }

    int attributes(Map<String, AttributeValue> attributes) {
      unsigned(attributes.size());
      int size = 0;
      for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
        size += text(attribute.getKey());
        size += value(attribute.getValue());
      }
      return size;
    }

    private int value(AttributeValue value) {
      return switch (value) {
        case AttributeValue.S(String text) -> tagged(Tag.TEXT).text(text);
        case AttributeValue.N(BigDecimal number) -> tagged(Tag.NUMBER).number(number);
        case AttributeValue.B(Bytes content) -> tagged(Tag.BINARY).bytes(content.array());
        case AttributeValue.Bool(boolean flag) -> tagged(flag ? Tag.TRUE : Tag.FALSE).nothing();
        case AttributeValue.Null() -> tagged(Tag.NULL).nothing();
        case AttributeValue.L(List<AttributeValue> values) ->
            ItemSize.ofContainer(values.size()) + tagged(Tag.LIST).each(values, this::value);
        case AttributeValue.M(Map<String, AttributeValue> values) ->
            ItemSize.ofContainer(values.size()) + tagged(Tag.MAP).attributes(values);
        case AttributeValue.SS set -> tagged(Tag.TEXT_SET).each(set.values(), this::text);
        case AttributeValue.NS set -> tagged(Tag.NUMBER_SET).each(set.values(), this::number);
        case AttributeValue.BS set ->
            tagged(Tag.BINARY_SET).each(set.values(), content -> bytes(content.array()));
      };
    }

    private Output tagged(int tag) {
      write(tag);
      return this;
    }

    private <T> int each(Collection<T> values, ToIntFunction<T> writing) {
      unsigned(values.size());
      int size = 0;
      for (T value : values) {
        size += writing.applyAsInt(value);
      }
      return size;
    }

    private int nothing() {
      return ItemSize.WITHOUT_CONTENT_BYTES;
    }

    private int text(String text) {
      return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private int bytes(byte[] content) {
      unsigned(content.length);
      write(content);
      return content.length;
    }

    /** Writes the scale, made positive, then the unscaled value in two's complement. */
    private int number(BigDecimal number) {
      unsigned(number.scale() + ItemInput.SCALE_BIAS);
      bytes(number.unscaledValue().toByteArray());
      return DecimalNumber.sizeBytes(number);
    }
  }
}
