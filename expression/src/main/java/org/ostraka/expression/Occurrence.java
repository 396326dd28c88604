package org.ostraka.expression;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * A search for a part in a whole, in time linear in the sum of their lengths: the client chooses
 * the condition, and often both texts. Uses the algorithm of Knuth, Morris and Pratt. Stateless.
 */
final class Occurrence {
  /** The greatest length at which comparing at every place is fast enough. */
  private static final int SHORT = 32;

  private Occurrence() {}

  static boolean of(String part, String text) {
    return part.length() <= SHORT
        ? text.contains(part)
        : occurs(part::charAt, part.length(), text::charAt, text.length());
  }

  static boolean of(byte[] part, byte[] bytes) {
    return part.length <= SHORT
        ? occursShort(part, bytes)
        : occurs(i -> part[i], part.length, i -> bytes[i], bytes.length);
  }

  private static boolean occursShort(byte[] part, byte[] bytes) {
    for (int start = 0; start + part.length <= bytes.length; start++) {
      if (Arrays.equals(bytes, start, start + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean occurs(
      IntUnaryOperator part, int partLength, IntUnaryOperator whole, int length) {
    if (partLength > length) {
      return false;
    }
    int[] borders = borders(part, partLength);
    int matched = 0;
    for (int i = 0; i < length; i++) {
      matched = longer(part, borders, matched, whole.applyAsInt(i));
      if (matched == partLength) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns, for each prefix of the part, the length of its longest proper prefix that is also its
   * suffix.
   */
  private static int[] borders(IntUnaryOperator part, int length) {
    int[] borders = new int[length];
    for (int i = 1; i < length; i++) {
      borders[i] = longer(part, borders, borders[i - 1], part.applyAsInt(i));
    }
    return borders;
  }

  /** Returns the length of the match after one more symbol, given the length before it. */
  private static int longer(IntUnaryOperator part, int[] borders, int matched, int symbol) {
    int left = matched;
    while (left > 0 && part.applyAsInt(left) != symbol) {
      left = borders[left - 1];
    }
    return part.applyAsInt(left) == symbol ? left + 1 : left;
  }
}
