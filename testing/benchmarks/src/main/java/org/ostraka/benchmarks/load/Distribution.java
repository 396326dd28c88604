package org.ostraka.benchmarks.load;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** Which keys are used how often. Immutable. */
public enum Distribution {
  /** Each key as likely as any other. */
  UNIFORM,
  /** Few keys often, scattered over all of them. */
  ZIPFIAN,
  /** Always the same key. */
  HOT,
  /** What was inserted last most often, the rest as rarely as its age says. */
  LATEST;

  /** Spreads neighbouring ranks; odd, so that it loses none modulo a power of two. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Draws one key after the other. */
  @FunctionalInterface
  interface Picker {
    long next(RandomGenerator random);
  }

  /** A picker of keys of this space. */
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
