package org.ostraka.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/**
 * The bytes of an answer. They can be written several times, and are the same each time. One thread
 * at a time.
 */
public sealed interface Body {
  /** Returns the number of bytes. */
  long length();

  /** Returns the CRC-32 of the bytes. */
  long crc32();

  /** Writes all bytes. */
  void writeTo(OutputStream out) throws IOException;

  /** Makes a body of these bytes, which nobody may change. */
  static Body of(byte[] bytes) {
    return new Bytes(bytes, bytes.length);
  }

  /** The first bytes of an array, which nobody may change. */
  record Bytes(byte[] array, int size) implements Body {
    @Override
    public long length() {
      return size;
    }

    @Override
    public long crc32() {
      CRC32 crc = new CRC32();
      crc.update(array, 0, size);
      return crc.getValue();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(array, 0, size);
    }
  }

  /** A body that is written piece by piece. */
  non-sealed interface Pieces extends Body {
    /** Returns whether the bytes are in memory, so that writing does not make them again. */
    boolean areKept();
  }
}
