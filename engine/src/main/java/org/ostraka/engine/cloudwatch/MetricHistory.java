package org.ostraka.engine.cloudwatch;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.ostraka.engine.metric.Latencies;
import org.ostraka.engine.metric.Tally;
import org.ostraka.model.Owner;
import org.ostraka.model.cloudwatch.Dimension;
import org.ostraka.model.cloudwatch.Metric;

/**
 * What metrics were in the last 15 days since this process began, in bounded memory: by minutes for
 * three hours, by five minutes for two days, by hours for the rest. When the memory is used up, the
 * oldest samples go first, of whichever metric. Any thread.
 *
 * <p>It reads counters at the turn of each minute, and when somebody asks, so that an answer shows
 * what has just happened.
 */
public final class MetricHistory {
  static final long MINUTE_MILLIS = 60_000;

  private final List<MetricReadings.Source> sources;
  private final InstantSource clock;
  private final long maxBytes;
  private final Map<Key, Series> series = new HashMap<>();
  private IdentityHashMap<Object, Map<Key, Counted>> last = new IdentityHashMap<>();
  private long bytes;
  private long minute;

  /** A metric of an owner. */
  record Key(Owner owner, Metric metric) {}

  /** What a counter showed. */
  private record Counted(double count, double sum, long[] buckets) {
    static final Counted NOTHING = new Counted(0, 0, new long[0]);

    long bucket(int place) {
      return buckets.length == 0 ? 0 : buckets[place];
    }
  }

  /**
   * Begins to keep.
   *
   * @param maxBytes the memory for samples
   */
  public MetricHistory(List<MetricReadings.Source> sources, InstantSource clock, long maxBytes) {
    this.sources = List.copyOf(sources);
    this.clock = clock;
    this.maxBytes = maxBytes;
    this.minute = minuteOf(clock.millis());
  }

  /**
   * Reads all counters. What has happened since the last reading counts for the minute of that
   * reading, so somebody must call this at the turn of each minute.
   */
  public synchronized void collect() {
    Round round = new Round();
    sources.forEach(source -> source.read(round));
    last = round.counted;
    minute = minuteOf(clock.millis());
    for (Series each : series.values()) {
      bytes -= each.age(minute);
    }
    forgetWhatIsTooMuch();
    series.values().removeIf(Series::isEmpty);
  }

  /** Reads all counters if a minute has passed since the last reading. */
  public synchronized void collectAtTurn() {
    if (minuteOf(clock.millis()) != minute) {
      collect();
    }
  }

  private void forgetWhatIsTooMuch() {
    while (bytes > maxBytes) {
      long oldest =
          series.values().stream()
              .filter(each -> !each.isEmpty())
              .mapToLong(Series::oldest)
              .min()
              .orElse(minute);
      // In steps that grow with the age, so that few rounds suffice.
      long limit = oldest + Math.max(1, (minute - oldest) / 16);
      for (Series each : series.values()) {
        bytes -= each.forgetBefore(limit);
      }
      if (series.values().stream().allMatch(Series::isEmpty)) {
        return;
      }
    }
  }

  static long minuteOf(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS);
  }

  /** Returns the metrics of an owner that have had values since a minute. */
  synchronized List<Metric> metrics(Owner owner, long since) {
    List<Metric> found = new ArrayList<>();
    series.forEach((key, each) -> {
      if (key.owner().equals(owner) && !each.isEmpty() && each.newest() >= since) {
        found.add(key.metric());
      }
    });
    return found;
  }

  /**
   * Returns the samples of a metric by periods.
   *
   * @param from the first second
   * @param before the second after the last one
   * @param period returns the first second of the period that a second belongs to
   */
  synchronized NavigableMap<Long, Sample> samples(
      Owner owner, Metric metric, long from, long before, LongUnaryOperator period) {
    NavigableMap<Long, Sample> found = new TreeMap<>();
    Series kept = series.get(new Key(owner, metric));
    if (kept != null) {
      kept.each(
          Math.ceilDiv(from, 60),
          Math.ceilDiv(before, 60),
          (at, sample) -> found.merge(period.applyAsLong(at * 60), sample, Sample::plus));
    }
    return found;
  }

  synchronized long bytes() {
    return bytes;
  }

  /** One round of readings. */
  private final class Round implements MetricReadings {
    private final IdentityHashMap<Object, Map<Key, Counted>> counted = new IdentityHashMap<>();

    @Override
    public void tally(
        Object source, Owner owner, MetricName name, List<Dimension> dimensions, Tally tally) {
      Key key = key(owner, name, dimensions);
      Counted now = new Counted(tally.count(), tally.sum(), new long[0]);
      Counted before = replace(source, key, now);
      add(key, now, before, tally, Buckets.NONE);
    }

    @Override
    public void latencies(
        Object source,
        Owner owner,
        MetricName name,
        List<Dimension> dimensions,
        Latencies latencies) {
      Key key = key(owner, name, dimensions);
      Tally tally = latencies.milliseconds();
      Counted now = new Counted(tally.count(), tally.sum(), latencies.counts());
      Counted before = replace(source, key, now);
      if (now.count > before.count) {
        long[] buckets = new long[Latencies.BUCKETS];
        for (int i = 0; i < buckets.length; i++) {
          buckets[i] = now.bucket(i) - before.bucket(i);
        }
        add(key, now, before, tally, Buckets.of(buckets));
      }
    }

    private void add(Key key, Counted now, Counted before, Tally tally, Buckets buckets) {
      double count = now.count - before.count;
      if (count <= 0) {
        return;
      }
      double sum = now.sum - before.sum;
      Tally.Extremes extremes = tally.takeExtremes();
      // A value that is just being added may be counted and not seen among the extremes yet.
      double mean = sum / count;
      double min = count == 1 ? sum : Math.min(extremes.min(), mean);
      double max = count == 1 ? sum : Math.max(extremes.max(), mean);
      add(key, new Sample(count, sum, min, max, buckets));
    }

    @Override
    public void events(
        Object source, Owner owner, MetricName name, List<Dimension> dimensions, long total) {
      Key key = key(owner, name, dimensions);
      Counted before = replace(source, key, new Counted(total, total, new long[0]));
      double count = total - before.count;
      if (count > 0) {
        add(key, Sample.of(count, count, 1, 1));
      }
    }

    @Override
    public void level(Owner owner, MetricName name, List<Dimension> dimensions, double value) {
      Key key = key(owner, name, dimensions);
      Series known = series.get(key);
      // A level has one value each minute, however often somebody asks.
      if (known == null || !known.hasMinute(minute)) {
        add(key, Sample.of(1, value, value, value));
      }
    }

    private void add(Key key, Sample sample) {
      bytes += series.computeIfAbsent(key, _ -> new Series()).add(minute, sample);
    }

    private Counted replace(Object source, Key key, Counted now) {
      counted.computeIfAbsent(source, _ -> new HashMap<>()).put(key, now);
      return last.getOrDefault(source, Map.of()).getOrDefault(key, Counted.NOTHING);
    }

    private static Key key(Owner owner, MetricName name, List<Dimension> dimensions) {
      return new Key(owner, new Metric(MetricName.NAMESPACE, name.word(), dimensions));
    }
  }
}
