package org.ostraka.model;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A string of bytes whose natural order is unsigned and lexicographic. Immutable.
 *
 * <p>The caller of {@link #wrap} hands its array over and must not write to it again; {@link
 * #array} lends the array out for reading only. Both exist so that modules pass a value on without
 * copying it.
 */
public final class Bytes implements Comparable<Bytes> {
  /** The empty string of bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  /** The hash; 0 until it is asked for. Threads that compute it at the same time get the same. */
  private int hash;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Wraps the given array without a copy; from now on it belongs to the result. */
  public static Bytes wrap(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array);
  }

  /** Makes a string of the given bytes, each the low eight bits of an int. */
  public static Bytes of(int... values) {
    byte[] array = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      array[i] = (byte) values[i];
    }
    return wrap(array);
  }

  /** Returns the array itself, for reading only. */
  public byte[] array() {
    return array;
  }

  public int sizeBytes() {
    return array.length;
  }

  public boolean isEmpty() {
    return array.length == 0;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    int known = hash; // read once: a second read may return an older value
    if (known == 0) {
      known = Arrays.hashCode(array);
      hash = known;
    }
    return known;
  }

  /**
   * Returns the bytes in hexadecimal, for tests and diagnostics of keys, never for item contents in
   * logs.
   */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(array);
  }
}
