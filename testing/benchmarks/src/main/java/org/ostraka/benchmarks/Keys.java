package org.ostraka.benchmarks;

import java.util.random.RandomGenerator;

/** Which voters vote. */
enum Keys {
  /** Any of a million, each as likely as any other. */
  UNIFORM,
  /** Always the same one. */
  HOT;

  private static final int VOTERS = 1_000_000;

  long next(RandomGenerator random) {
    return switch (this) {
      case UNIFORM -> random.nextInt(VOTERS);
      case HOT -> 0;
    };
  }
}
