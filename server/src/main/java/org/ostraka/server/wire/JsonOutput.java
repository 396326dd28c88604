package org.ostraka.server.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * Writes one JSON value in UTF-8 without spaces. Its methods have the names of Jackson's generator.
 * The caller is responsible for the grammar: it ends what it begins, and alternates names and
 * values in an object. One thread.
 *
 * <p>Text that is already in UTF-8 is copied, except for characters that JSON escapes (RFC 8259,
 * section 7). Half of a surrogate pair, which has no UTF-8 form, becomes a question mark.
 */
final class JsonOutput {
  private static final int INITIAL_BYTES = 256;

  /** The buffer grows fourfold, so that it is seldom copied, until it is a whole piece. */
  private static final int GROWTH = 4;

  /**
   * The binary data that is encoded at once; a multiple of three, so that its Base64 has no
   * padding.
   */
  private static final int ENCODED_AT_ONCE = 12 * 1024;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = EACH_BYTE << 7;
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private final JsonSink sink;
  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;

  /** Whether a comma is needed before the next value. */
  private boolean follows;

  JsonOutput(JsonSink sink) {
    this.sink = sink;
  }

  /**
   * Returns the buffer, which holds what was written since the last full piece; see {@link
   * #pieceBytes}.
   */
  byte[] piece() {
    return bytes;
  }

  /** Returns the number of bytes of {@link #piece} that were written. */
  int pieceBytes() {
    return size;
  }

  /** Writes an object with the members that {@code members} writes. */
  void writeObject(Consumer<JsonOutput> members) {
    writeStartObject();
    members.accept(this);
    writeEndObject();
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

  /** Writes the name of a member; its value comes next. */
  JsonOutput writeName(String name) {
    return writeString(name).afterName();
  }

  /** Writes a name that was made in advance. */
  JsonOutput writeName(JsonName name) {
    separate();
    raw(name.json(), 0, name.json().length);
    follows = false;
    return this;
  }

  /** Writes a name that is in UTF-8. */
  JsonOutput writeName(byte[] utf8, int offset, int length) {
    return writeString(utf8, offset, length).afterName();
  }

  JsonOutput writeString(String text) {
    separate();
    one('"');
    int length = text.length();
    int i = 0;
    if (hasRoom(length)) {
      while (i < length && isPlain(text.charAt(i))) {
        bytes[size++] = (byte) text.charAt(i++);
      }
    }
    if (i < length) {
      byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
      escaped(rest, 0, rest.length);
    }
    return closeString();
  }

  /** Writes a text that is in UTF-8. */
  JsonOutput writeString(byte[] utf8, int offset, int length) {
    separate();
    one('"');
    escaped(utf8, offset, offset + length);
    return closeString();
  }

  /** Writes binary data in Base64. */
  JsonOutput writeBinary(byte[] data, int offset, int length) {
    separate();
    one('"');
    for (int done = 0; done < length; done += ENCODED_AT_ONCE) {
      int next = Math.min(ENCODED_AT_ONCE, length - done);
      ByteBuffer encoded = Base64.getEncoder().encode(ByteBuffer.wrap(data, offset + done, next));
      raw(encoded.array(), 0, encoded.remaining());
    }
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

  /** Writes a number whose text is already JSON. */
  JsonOutput writeNumber(String number) {
    return literal(number.getBytes(StandardCharsets.US_ASCII));
  }

  void writeStringProperty(String name, String text) {
    writeName(name).writeString(text);
  }

  void writeStringProperty(JsonName name, String text) {
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

  /**
   * Returns the position of the first byte that JSON escapes, or the end; tests eight bytes at
   * once.
   */
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
   * Returns whether none of eight bytes is a control character, a quotation mark or a backslash. A
   * subtraction borrows from the high bit of the first byte that is less than the subtrahend.
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

  /** Returns whether a character is one byte and needs no escape. */
  private static boolean isPlain(char character) {
    return character >= ' ' && character < 0x80 && character != '"' && character != '\\';
  }

  private void one(char character) {
    if (size == bytes.length) {
      next(1);
    }
    bytes[size++] = (byte) character;
  }

  private void raw(byte[] text, int offset, int length) {
    int done = 0;
    while (done < length) {
      if (size == bytes.length || !hasRoom(length - done)) {
        next(length - done);
      }
      int part = Math.min(length - done, bytes.length - size);
      System.arraycopy(text, offset + done, bytes, size, part);
      size += part;
      done += part;
    }
  }

  /** Returns whether so many more bytes fit the piece, which may grow for them. */
  private boolean hasRoom(int more) {
    if (more > bytes.length - size && bytes.length < JsonSink.PIECE_BYTES) {
      grow(more);
    }
    return more <= bytes.length - size;
  }

  /** Makes room for at least one more byte. */
  private void next(int wanted) {
    if (bytes.length < JsonSink.PIECE_BYTES) {
      grow(wanted);
    } else if (size == bytes.length) {
      bytes = sink.next(bytes);
      size = 0;
    }
  }

  private void grow(int more) {
    long wanted = Math.max((long) GROWTH * bytes.length, (long) size + more);
    bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, JsonSink.PIECE_BYTES));
  }
}
