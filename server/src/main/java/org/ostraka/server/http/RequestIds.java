package org.ostraka.server.http;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes request ids like the service's: 52 digits and upper-case letters. They identify a request
 * in logs and are no secret. Any thread; each connection gets a {@link Sequence} of its own, so
 * that requests do not contend.
 */
final class RequestIds {

  static final int LENGTH = 52;

  private static final byte[] DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUV".getBytes(StandardCharsets.US_ASCII);
  private static final int BITS_A_DIGIT = 5;
  private static final int DIGITS_A_LONG = 12;

  private final RandomGenerator random;

  RequestIds(RandomGenerator random) {
    this.random = random;
  }

  synchronized Sequence sequence() {
    return new Sequence(new SplittableRandom(random.nextLong()));
  }

  /** The ids of one connection. One thread at a time. */
  static final class Sequence {

    private final SplittableRandom random;

    private Sequence(SplittableRandom random) {
      this.random = random;
    }

    // Deprecated, but the only constructor that takes Latin-1 bytes without decoding.
    @SuppressWarnings("deprecation")
    String next() {
      byte[] id = new byte[LENGTH];
      long bits = 0;
      for (int i = 0; i < LENGTH; i++) {
        bits = i % DIGITS_A_LONG == 0 ? random.nextLong() : bits >>> BITS_A_DIGIT;
        id[i] = DIGITS[(int) bits & (DIGITS.length - 1)];
      }
      return new String(id, 0);
    }
  }
}
