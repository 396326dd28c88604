package org.ostraka.engine.cloudwatch;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The samples of one metric: by minutes for some hours, then by five minutes for some days, then by
 * hours. One thread at a time.
 */
final class Series {
  /** How long samples are kept by minutes, five minutes and hours, in minutes. */
  static final int KEPT_BY_MINUTE = 3 * 60;

  static final int KEPT_BY_FIVE = 2 * 24 * 60;
  static final int KEPT_BY_HOUR = 15 * 24 * 60;

  private static final int FIVE = 5;
  private static final int HOUR = 60;

  private final NavigableMap<Long, Sample> minutes = new TreeMap<>();
  private final NavigableMap<Long, Sample> fives = new TreeMap<>();
  private final NavigableMap<Long, Sample> hours = new TreeMap<>();

  /** Adds values to a minute; returns by how many bytes the series grew. */
  long add(long minute, Sample sample) {
    return merge(minutes, minute, sample);
  }

  boolean hasMinute(long minute) {
    return minutes.containsKey(minute);
  }

  /** Makes old samples coarser and forgets the oldest; returns by how many bytes it shrank. */
  long age(long now) {
    long freed = coarsen(minutes, now - KEPT_BY_MINUTE, fives, FIVE);
    freed += coarsen(fives, now - KEPT_BY_FIVE, hours, HOUR);
    return freed + forgetBefore(now - KEPT_BY_HOUR);
  }

  private static long coarsen(
      NavigableMap<Long, Sample> fine, long limit, NavigableMap<Long, Sample> coarse, int step) {
    long freed = 0;
    // A coarse sample is made of all its finer ones at once, so that none is in both.
    while (!fine.isEmpty() && Math.floorDiv(fine.firstKey(), step) * step + step <= limit) {
      var first = fine.pollFirstEntry();
      freed += first.getValue().bytes();
      freed -= merge(coarse, Math.floorDiv(first.getKey(), step) * step, first.getValue());
    }
    return freed;
  }

  private static long merge(NavigableMap<Long, Sample> samples, long minute, Sample sample) {
    Sample known = samples.get(minute);
    Sample next = known == null ? sample : known.plus(sample);
    samples.put(minute, next);
    return next.bytes() - (known == null ? 0 : known.bytes());
  }

  /** Forgets what is older; returns how many bytes that frees. */
  long forgetBefore(long minute) {
    long freed = 0;
    for (NavigableMap<Long, Sample> each : samples()) {
      NavigableMap<Long, Sample> old = each.headMap(minute, false);
      freed += old.values().stream().mapToLong(Sample::bytes).sum();
      old.clear();
    }
    return freed;
  }

  boolean isEmpty() {
    return minutes.isEmpty() && fives.isEmpty() && hours.isEmpty();
  }

  /** Returns the minute of the newest sample; it must not be empty. */
  long newest() {
    for (NavigableMap<Long, Sample> each : samples()) {
      if (!each.isEmpty()) {
        return each.lastKey();
      }
    }
    throw new IllegalStateException("a series without samples");
  }

  /** Returns the minute of the oldest sample; it must not be empty. */
  long oldest() {
    for (NavigableMap<Long, Sample> each : samples().reversed()) {
      if (!each.isEmpty()) {
        return each.firstKey();
      }
    }
    throw new IllegalStateException("a series without samples");
  }

  /** Passes the samples whose first minute lies between two, in order of time. */
  void each(long from, long before, BiConsumer<Long, Sample> to) {
    samples().reversed().forEach(each -> each.subMap(from, before).forEach(to));
  }

  private List<NavigableMap<Long, Sample>> samples() {
    return List.of(minutes, fives, hours);
  }
}
