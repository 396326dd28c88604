package org.ostraka.engine.throttle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The throughput of a provisioned table for writes, as the documentation tells it: a bucket with
 * 300 seconds of the table's units, partitions with 1,000 units a second each, and a split after
 * two minutes at 90 % of that, at the middle of the traffic, unless a key has three quarters of it.
 * It keeps whole tokens and every key, and is slow. One thread.
 */
final class NaiveThrottle {
  private final double unitsPerSecond;
  private double tokens;
  private double at;
  private double minuteEnds = 60;
  private final List<Range> ranges = new ArrayList<>();

  /** A partition: the hashes from one on, as fractions of all of them. */
  private static final class Range {
    final double from;
    final double to;
    final Map<Double, Double> keys = new HashMap<>();
    double tokens = 1_000;
    double at;
    double units;
    int hotMinutes;

    Range(double from, double to, double at) {
      this.from = from;
      this.to = to;
      this.at = at;
    }
  }

  NaiveThrottle(double unitsPerSecond, int partitions) {
    this.unitsPerSecond = unitsPerSecond;
    this.tokens = unitsPerSecond;
    // Halves of the widest ranges, as partitions come to be.
    ranges.add(new Range(0, 1, 0));
    while (ranges.size() < partitions) {
      Range widest = ranges.getFirst();
      for (Range each : ranges) {
        if (each.to - each.from > widest.to - widest.from + 1e-9) {
          widest = each;
        }
      }
      split(widest, (widest.from + widest.to) / 2, 0);
    }
  }

  int partitions() {
    return ranges.size();
  }

  /** Returns whether a write is admitted, and takes its units if so. */
  boolean write(double hash, double units, double now) {
    endMinutes(now);
    tokens = Math.min(300 * unitsPerSecond, tokens + (now - at) * unitsPerSecond);
    at = now;
    Range range = ranges.stream().filter(it -> it.from <= hash && hash < it.to).findFirst().get();
    range.tokens = Math.min(1_000, range.tokens + (now - range.at) * 1_000);
    range.at = now;
    if (tokens <= 0 || range.tokens <= 0) {
      return false;
    }
    tokens -= units;
    range.tokens -= units;
    range.units += units;
    range.keys.merge(hash, units, Double::sum);
    return true;
  }

  private void endMinutes(double now) {
    while (now >= minuteEnds) {
      for (Range range : List.copyOf(ranges)) {
        range.hotMinutes = range.units >= 0.9 * 60 * 1_000 ? range.hotMinutes + 1 : 0;
        range.units = 0;
        if (range.hotMinutes >= 2) {
          splitAtMiddle(range, now);
        } else if (range.hotMinutes == 0) {
          range.keys.clear();
        }
      }
      minuteEnds += 60;
    }
  }

  private void splitAtMiddle(Range range, double now) {
    double total = range.keys.values().stream().mapToDouble(it -> it).sum();
    double most = range.keys.values().stream().mapToDouble(it -> it).max().orElse(0);
    if (most > 0.75 * total) {
      return;
    }
    double below = 0;
    for (Map.Entry<Double, Double> key : new TreeMap<>(range.keys).entrySet()) {
      below += key.getValue();
      if (below >= total / 2) {
        split(range, key.getKey(), now);
        return;
      }
    }
  }

  private void split(Range whole, double middle, double now) {
    int index = ranges.indexOf(whole);
    ranges.set(index, new Range(whole.from, middle, now));
    ranges.add(index + 1, new Range(middle, whole.to, now));
  }
}
