package org.ostraka.server.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes one JSON value, compactly and in UTF-8. Names its methods as Jackson's generator does. The
 * caller keeps the grammar: what begins also ends, and in an object names and values take turns.
 * One thread.
 *
 * <p>Text that lies in UTF-8 already is copied as it lies, but for what JSON escapes (RFC 8259,
 * section 7). Half of a surrogate pair, which has no UTF-8 form, becomes a question mark.
 */
final class JsonOutput {
  private static final int INITIAL_BYTES = 256;

  /** Up to here what does not suffice grows fourfold, for few copies; beyond twofold. */
  private static final int LARGE_BYTES = 32 * 1024;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = EACH_BYTE << 7;
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;

  /** Whether a comma comes before what is next. */
  private boolean follows;

  /** What was written. */
  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  JsonOutput writeStartObject() {
    return start('{');
  }

  JsonOutput writeEndObject() {
    return end('}');
  }

  JsonOutput writeStartArray() {
    return start('[');
  }

  JsonOutput writeEndArray() {
    return end(']');
  }

  /** The name of a member, whose value comes next. */
  JsonOutput writeName(String name) {
    return writeString(name).afterName();
  }

  /** A name that lies in UTF-8. */
  JsonOutput writeName(byte[] utf8, int offset, int length) {
    return writeString(utf8, offset, length).afterName();
  }

  JsonOutput writeString(String text) {
    separate();
    int length = text.length();
    room(length + 2);
    bytes[size++] = '"';
    int i = 0;
    while (i < length && isPlain(text.charAt(i))) {
      bytes[size++] = (byte) text.charAt(i++);
    }
    if (i < length) {
      byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
      escaped(rest, 0, rest.length);
    }
    return closeString();
  }

  /** A text that lies in UTF-8. */
  JsonOutput writeString(byte[] utf8, int offset, int length) {
    separate();
    room(length + 2);
    bytes[size++] = '"';
    escaped(utf8, offset, offset + length);
    return closeString();
  }

  /** Binary data, in Base64. */
  JsonOutput writeBinary(byte[] data, int offset, int length) {
    separate();
    ByteBuffer encoded = Base64.getEncoder().encode(ByteBuffer.wrap(data, offset, length));
    room(encoded.remaining() + 2);
    bytes[size++] = '"';
    raw(encoded.array(), 0, encoded.remaining());
    return closeString();
  }

  JsonOutput writeBoolean(boolean flag) {
    return literal(flag ? TRUE : FALSE);
  }

  JsonOutput writeNumber(long number) {
    return writeNumber(Long.toString(number));
  }

  JsonOutput writeNumber(double number) {
    return writeNumber(Double.toString(number));
  }

  /** A number whose text is already in JSON's form. */
  JsonOutput writeNumber(String number) {
    return literal(number.getBytes(StandardCharsets.US_ASCII));
  }

  void writeStringProperty(String name, String text) {
    writeName(name).writeString(text);
  }

  void writeBooleanProperty(String name, boolean flag) {
    writeName(name).writeBoolean(flag);
  }

  void writeNumberProperty(String name, long number) {
    writeName(name).writeNumber(number);
  }

  void writeNumberProperty(String name, double number) {
    writeName(name).writeNumber(number);
  }

  private JsonOutput start(char bracket) {
    separate();
    one(bracket);
    follows = false;
    return this;
  }

  private JsonOutput end(char bracket) {
    one(bracket);
    follows = true;
    return this;
  }

  private JsonOutput afterName() {
    one(':');
    follows = false;
    return this;
  }

  private JsonOutput closeString() {
    one('"');
    follows = true;
    return this;
  }

  private JsonOutput literal(byte[] text) {
    separate();
    raw(text, 0, text.length);
    follows = true;
    return this;
  }

  private void separate() {
    if (follows) {
      one(',');
    }
  }

  private void escaped(byte[] utf8, int offset, int end) {
    int from = offset;
    while (from < end) {
      int to = plainUntil(utf8, from, end);
      raw(utf8, from, to - from);
      if (to < end) {
        escape(utf8[to]);
      }
      from = to + 1;
    }
  }

  private void escape(byte character) {
    one('\\');
    switch (character) {
      case '"', '\\' -> one((char) character);
      case '\b' -> one('b');
      case '\t' -> one('t');
      case '\n' -> one('n');
      case '\f' -> one('f');
      case '\r' -> one('r');
      default -> {
        byte[] code = {'u', '0', '0', HEX[character >> 4], HEX[character & 0xF]};
        raw(code, 0, code.length);
      }
    }
  }

  /** The first byte that JSON escapes, or the end; looks at eight bytes at once. */
  private static int plainUntil(byte[] utf8, int from, int end) {
    int i = from;
    while (i + Long.BYTES <= end && isPlain((long) LONGS.get(utf8, i))) {
      i += Long.BYTES;
    }
    while (i < end && (utf8[i] < 0 || isPlain((char) utf8[i]))) {
      i++;
    }
    return i;
  }

  /**
   * Whether none of eight bytes is below a space, a quotation mark or a backslash: subtracting
   * borrows from the high bit of a byte that is less, and of no other before it.
   */
  private static boolean isPlain(long eight) {
    long quotes = eight ^ ('"' * EACH_BYTE);
    long backslashes = eight ^ ('\\' * EACH_BYTE);
    long found =
        ((eight - ' ' * EACH_BYTE) & ~eight)
            | ((quotes - EACH_BYTE) & ~quotes)
            | ((backslashes - EACH_BYTE) & ~backslashes);
    return (found & HIGH_BITS) == 0;
  }

  /** Whether a character is one byte and stands for itself. */
  private static boolean isPlain(char character) {
    return character >= ' ' && character < 0x80 && character != '"' && character != '\\';
  }

  private void one(char character) {
    room(1);
    bytes[size++] = (byte) character;
  }

  private void raw(byte[] text, int offset, int length) {
    room(length);
    System.arraycopy(text, offset, bytes, size, length);
    size += length;
  }

  private void room(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      int factor = bytes.length < LARGE_BYTES ? 4 : 2;
      long grown = Math.min((long) factor * bytes.length, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) grown));
    }
  }
}
