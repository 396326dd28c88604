package org.ostraka.benchmarks.workload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text that is searched for in bytes, by Horspool's algorithm: a long text lets it skip most of
 * the bytes, so that searching takes little beside what is measured. Immutable.
 */
final class Needle {
  private static final int BYTE_VALUES = 256;

  private final byte[] text;

  /** For each value of a byte: how far the text moves when this byte stands at its end. */
  private final int[] shifts = new int[BYTE_VALUES];

  Needle(String text) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
    Arrays.fill(shifts, this.text.length);
    for (int i = 0; i < this.text.length - 1; i++) {
      shifts[Byte.toUnsignedInt(this.text[i])] = this.text.length - 1 - i;
    }
  }

  /** Returns where the text stands in an array-backed buffer, or -1. */
  int find(ByteBuffer bytes, int from) {
    byte[] array = bytes.array();
    int start = bytes.arrayOffset();
    int at = from;
    while (at + text.length <= bytes.limit()) {
      byte last = array[start + at + text.length - 1];
      if (last == text[text.length - 1]
          && Arrays.equals(array, start + at, start + at + text.length, text, 0, text.length)) {
        return at;
      }
      at += shifts[Byte.toUnsignedInt(last)];
    }
    return -1;
  }

  int count(ByteBuffer bytes) {
    int count = 0;
    for (int at = find(bytes, 0); at >= 0; at = find(bytes, at + text.length)) {
      count++;
    }
    return count;
  }

  int length() {
    return text.length;
  }
}
