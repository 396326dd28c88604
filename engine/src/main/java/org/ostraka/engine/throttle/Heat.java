package org.ostraka.engine.throttle;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What a partition served within a minute, and of which keys since it is hot. Any thread.
 *
 * <p>It counts reads and writes as shares of what a partition can serve in a second, so that both
 * count alike. The keys are counted in slices of the partition's range; the key with most of the
 * traffic, if there is one, is found by majority vote (Boyer and Moore).
 */
final class Heat {
  private static final int SLICES = 256;

  /** The share of the traffic beyond which one key makes a split useless. */
  private static final double ONE_KEY = 0.75;

  private final long from;
  private final long to;
  private final double[] slices = new double[SLICES];
  private double reads;
  private double writes;
  private long favourite;
  private double favour;

  /** Counts the keys with hashes between these two, both included, as unsigned numbers. */
  Heat(long from, long to) {
    this.from = from;
    this.to = to;
  }

  /** Adds seconds of what a partition can serve. */
  synchronized void add(boolean isRead, long hash, double seconds) {
    if (isRead) {
      reads += seconds;
    } else {
      writes += seconds;
    }
    slices[slice(hash)] += seconds;
    if (hash == favourite) {
      favour += seconds;
    } else if (favour >= seconds) {
      favour -= seconds;
    } else {
      favourite = hash;
      favour = seconds - favour;
    }
  }

  /** Returns the greater of the reads and the writes, and begins to count the next minute. */
  synchronized double next() {
    double busiest = Math.max(reads, writes);
    reads = 0;
    writes = 0;
    return busiest;
  }

  /** Forgets the keys. */
  synchronized void forget() {
    Arrays.fill(slices, 0);
    favour = 0;
  }

  /**
   * Returns the first hash of the upper half of the traffic; empty when one key has most of it, or
   * the range has one hash.
   */
  synchronized OptionalLong middle() {
    double total = 0;
    for (double slice : slices) {
      total += slice;
    }
    // A key with a share s of the traffic ends the vote with 2s - 1 of it at least.
    if (from == to || total == 0 || favour > (2 * ONE_KEY - 1) * total) {
      return OptionalLong.empty();
    }
    double below = 0;
    int at = 0;
    while (below + slices[at] < total / 2) {
      below += slices[at];
      at++;
    }
    double share = (total / 2 - below) / slices[at];
    long split = begin(at) + (long) (share * width());
    return OptionalLong.of(Long.compareUnsigned(split, from) > 0 ? split : from + 1);
  }

  private double width() {
    return unsigned(to - from) / SLICES;
  }

  private long begin(int slice) {
    return from + Long.divideUnsigned(to - from, SLICES) * slice;
  }

  private int slice(long hash) {
    long width = Long.divideUnsigned(to - from, SLICES);
    return width == 0 ? 0 : (int) Math.min(SLICES - 1, Long.divideUnsigned(hash - from, width));
  }

  private static double unsigned(long value) {
    return (value >>> 1) * 2.0 + (value & 1);
  }
}
