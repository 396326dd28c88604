package org.ostraka.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Text that hardly compresses, made once, for filling fields. Any thread.
 *
 * <p>If all fields had the same text, it would compress to nothing on the disk, and every figure
 * would be too good.
 */
public final class Texts {
  private static final int POOL_BYTES = 1 << 20;
  private static final int SEED = 1;

  private static final byte[] CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(US_ASCII);

  private static final byte[] POOL = filledPool();

  private Texts() {}

  /** Draws an offset in the text with at least this many characters after it. */
  public static int offset(RandomGenerator random, int characters) {
    return random.nextInt(POOL.length - characters);
  }

  static void put(ByteBuffer target, int at, int offset, int characters) {
    target.put(at, POOL, offset, characters);
  }

  private static byte[] filledPool() {
    RandomGenerator random = new SplittableRandom(SEED);
    byte[] pool = new byte[POOL_BYTES];
    for (int i = 0; i < pool.length; i++) {
      pool[i] = CHARACTERS[random.nextInt(CHARACTERS.length)];
    }
    return pool;
  }
}
