package org.ostraka.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Collects an inflated body, within its limit and the allowance; for one thread. */
final class BodyBuffer {

  private static final int FIRST_BYTES = 8 * 1024;

  private final int maxBytes;
  private final BodyAllowance.Share share;
  private byte[] bytes;
  private int size;

  BodyBuffer(int maxBytes, BodyAllowance.Share share) {
    this.maxBytes = maxBytes;
    this.share = share;
    this.bytes = new byte[Math.min(FIRST_BYTES, maxBytes)];
  }

  byte[] readAll(InputStream in) throws IOException {
    int read = in.read(bytes, 0, bytes.length);
    while (read >= 0) {
      size += read;
      if (size == bytes.length) {
        int next = in.read();
        if (next < 0) {
          return bytes;
        }
        grow();
        bytes[size++] = (byte) next;
      }
      read = in.read(bytes, size, bytes.length - size);
    }
    return Arrays.copyOf(bytes, size);
  }

  private void grow() {
    if (size == maxBytes) {
      throw new RefusedException(Refusal.BODY_TOO_LARGE);
    }
    int next = (int) Math.min(maxBytes, bytes.length * 2L);
    share.take(next - bytes.length);
    bytes = Arrays.copyOf(bytes, next);
  }
}
