package org.ostraka.engine.encoding;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.AttributeSink;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
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
    int size = item.sizeBytes();
    Output output = new Output(size + size / 8 + 64);
    output.write(VERSION);
    output.unsigned(size);
    output.attributes(item.attributes());
    return output.written();
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
   */
  private static final class Output {
    private byte[] bytes;
    private int count;

    /** Makes an output with room for this many bytes before it has to grow. */
    Output(int bytes) {
      this.bytes = new byte[bytes];
    }

    void write(int value) {
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

    Bytes written() {
      return Bytes.wrap(Arrays.copyOf(bytes, count));
    }

    void unsigned(int value) {
      int rest = value;
      while ((rest & ~0x7F) != 0) {
        write((rest & 0x7F) | 0x80);
        rest >>>= 7;
      }
      write(rest);
    }

    void attributes(Map<String, AttributeValue> attributes) {
      unsigned(attributes.size());
      attributes.forEach((name, value) -> {
        text(name);
        value(value);
      });
    }

    private void value(AttributeValue value) {
      switch (value) {
        case AttributeValue.S(String text) -> tagged(Tag.TEXT).text(text);
        case AttributeValue.N(BigDecimal number) -> tagged(Tag.NUMBER).number(number);
        case AttributeValue.B(Bytes bytes) -> tagged(Tag.BINARY).bytes(bytes.array());
        case AttributeValue.Bool(boolean flag) -> write(flag ? Tag.TRUE : Tag.FALSE);
        case AttributeValue.Null() -> write(Tag.NULL);
        case AttributeValue.L list -> {
          tagged(Tag.LIST).unsigned(list.values().size());
          list.values().forEach(this::value);
        }
        case AttributeValue.M map -> tagged(Tag.MAP).attributes(map.values());
        case AttributeValue.SS set -> {
          tagged(Tag.TEXT_SET).unsigned(set.values().size());
          set.values().forEach(this::text);
        }
        case AttributeValue.NS set -> {
          tagged(Tag.NUMBER_SET).unsigned(set.values().size());
          set.values().forEach(this::number);
        }
        case AttributeValue.BS set -> {
          tagged(Tag.BINARY_SET).unsigned(set.values().size());
          set.values().forEach(bytes -> bytes(bytes.array()));
        }
      }
    }

    private Output tagged(int tag) {
      write(tag);
      return this;
    }

    private void text(String text) {
      bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(byte[] content) {
      unsigned(content.length);
      write(content);
    }

    /** Writes the scale, made positive, then the unscaled value in two's complement. */
    private void number(BigDecimal number) {
      unsigned(number.scale() + ItemInput.SCALE_BIAS);
      bytes(number.unscaledValue().toByteArray());
    }
  }
}
