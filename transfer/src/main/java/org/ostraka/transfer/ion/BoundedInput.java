package org.ostraka.transfer.ion;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to read more for one value than it may have. One thread. */
final class BoundedInput extends FilterInputStream {
  private final long maxBytes;
  private long left;

  /**
   * Makes an input.
   *
   * @param maxBytes what may be read for a value, with what is read ahead
   */
  BoundedInput(InputStream in, long maxBytes) {
    super(in);
    this.maxBytes = maxBytes;
    this.left = maxBytes;
  }

  /** Begins a value. */
  void begin() {
    left = maxBytes;
  }

  /** Returns whether the value is too large. */
  boolean isExceeded() {
    return left == 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] array, int offset, int length) throws IOException {
    if (left == 0) {
      throw new IOException("a value is larger than " + maxBytes + " bytes");
    }
    int read = in.read(array, offset, (int) Math.min(left, length));
    left -= Math.max(0, read);
    return read;
  }
}
