package org.ostraka.benchmarks.load;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** How often each key is used. Immutable. */
public enum Distribution {
  /** Each key has the same probability. */
  UNIFORM,
  /** A few keys, scattered over all of them, are used often. */
  ZIPFIAN,
  /** Always the same key. */
  HOT,
  /** The newest keys are used most often; a key's probability falls with its age. */
  LATEST;

  /**
   * Scatters neighbouring ranks; it is odd, so that no two ranks fall together modulo a power of
   * two.
   */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Draws keys. */
  @FunctionalInterface
  interface Picker {
    long next(RandomGenerator random);
  }

  /** Returns a picker of keys in this space. */
  Picker picker(KeySpace space) {
    long keys = space.keys();
    return switch (this) {
      case UNIFORM -> random -> random.nextLong(keys);
      case HOT -> _ -> 0;
      case ZIPFIAN -> {
        Zipfian ranks = space.ranks();
        yield random -> scatter(ranks.next(random), keys);
      }
      case LATEST -> {
        Zipfian ages = space.ranks();
        yield random -> space.newest() - ages.next(random);
      }
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static long scatter(long rank, long keys) {
    long mixed = rank * SPREAD;
    return Long.remainderUnsigned(mixed ^ mixed >>> 32, keys);
  }
}
