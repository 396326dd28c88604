package org.ostraka.engine.cloudwatch;

import java.util.Arrays;
import org.ostraka.engine.metric.Latencies;

/**
 * How many values lie in each bucket of {@link Latencies}; buckets without any take no memory.
 * Immutable.
 *
 * @param places the buckets, ascending
 * @param counts the number of values in each
 */
record Buckets(int[] places, long[] counts) {
  static final Buckets NONE = new Buckets(new int[0], new long[0]);

  /** Returns the buckets that are not empty. */
  static Buckets of(long[] all) {
    int[] places = new int[all.length];
    long[] counts = new long[all.length];
    int size = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] > 0) {
        places[size] = i;
        counts[size] = all[i];
        size++;
      }
    }
    return new Buckets(Arrays.copyOf(places, size), Arrays.copyOf(counts, size));
  }

  Buckets plus(Buckets other) {
    if (other.places.length == 0) {
      return this;
    }
    long[] all = new long[Latencies.BUCKETS];
    addTo(all);
    other.addTo(all);
    return of(all);
  }

  /** Returns the buckets without those of an earlier reading of the same counters. */
  Buckets minus(Buckets earlier) {
    if (earlier.places.length == 0) {
      return this;
    }
    long[] all = new long[Latencies.BUCKETS];
    addTo(all);
    for (int i = 0; i < earlier.places.length; i++) {
      all[earlier.places[i]] -= earlier.counts[i];
    }
    return of(all);
  }

  private void addTo(long[] all) {
    for (int i = 0; i < places.length; i++) {
      all[places[i]] += counts[i];
    }
  }

  /** Returns the value that a part of all values do not exceed, between the extremes. */
  double percentile(double part, double min, double max) {
    long total = Arrays.stream(counts).sum();
    double rank = part * total;
    double below = 0;
    for (int i = 0; i < places.length; i++) {
      if (below + counts[i] >= rank) {
        double low = places[i] == 0 ? 0 : Latencies.limitMillis(places[i] - 1);
        double high = Math.min(Latencies.limitMillis(places[i]), max);
        double within = low + (high - low) * (rank - below) / counts[i];
        return Math.clamp(within, min, max);
      }
      below += counts[i];
    }
    return max;
  }

  long bytes() {
    return (Integer.BYTES + Long.BYTES) * (long) places.length;
  }
}
