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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What metrics were in the last 15 days since this process began, in bounded memory for samples: by
 * minutes for three hours, by five minutes for two days, by hours for the rest. When the memory is
 * used up, the oldest samples go first, of whichever metric. Any thread.
 *
 * <p>It reads counters at its first turn, at the turn of each minute, and when somebody asks, so
 * that an answer shows what has just happened.
 */
public final class MetricHistory {
  static final long MINUTE_MILLIS = 60_000;

  private static final Logger LOG = LoggerFactory.getLogger(MetricHistory.class);

  private final List<Origin> origins;
  private final InstantSource clock;
  private final long maxBytes;
  private final Map<Key, Series> series = new HashMap<>();
  private long bytes;
  private long minute;
  private boolean begun;

  /** A metric of an owner. */
  record Key(Owner owner, Metric metric) {}

  /** What a counter showed. */
  private record Counted(long count, double sum, Buckets buckets) {
    static final Counted NOTHING = new Counted(0, 0, Buckets.NONE);
  }

  /** A source, and what its counters showed in the last reading that succeeded. */
  private static final class Origin {
    private final MetricReadings.Source source;
    private IdentityHashMap<Object, Map<Key, Counted>> last = new IdentityHashMap<>();

    Origin(MetricReadings.Source source) {
      this.source = source;
    }
  }

  /**
   * Begins to keep.
   *
   * @param maxBytes the memory for samples
   */
  public MetricHistory(List<MetricReadings.Source> sources, InstantSource clock, long maxBytes) {
    this.origins = sources.stream().map(Origin::new).toList();
    this.clock = clock;
    this.maxBytes = maxBytes;
    this.minute = minuteOf(clock.millis());
  }

  /**
   * Reads all counters. What has happened since the last reading counts for the minute of that
   * reading, so somebody must call this at the turn of each minute. A source that fails is left
   * out: what it has counted counts in the next reading that succeeds.
   */
  public synchronized void collect() {
    begun = true;
    origins.forEach(this::read);
    minute = minuteOf(clock.millis());
    for (Series each : series.values()) {
      bytes -= each.age(minute);
    }
    forgetWhatIsTooMuch();
    series.values().removeIf(Series::isEmpty);
  }

  private void read(Origin origin) {
    Round round = new Round(origin.last);
    try {
      origin.source.read(round);
    } catch (RuntimeException failure) {
      LOG.warn("Metrics of a source could not be read; the next reading counts them", failure);
      return;
    }
    origin.last = round.counted;
    round.changes.forEach(Runnable::run);
  }

  /**
   * Reads all counters if a minute has passed since the last reading, or if there was none: so the
   * run that trains the AOT cache has a reading (decision 9).
   */
  public synchronized void collectAtTurn() {
    if (!begun || minuteOf(clock.millis()) != minute) {
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

  /** One reading of a source, which changes nothing before all of it was read. */
  private final class Round implements MetricReadings {
    private final IdentityHashMap<Object, Map<Key, Counted>> last;
    private final IdentityHashMap<Object, Map<Key, Counted>> counted = new IdentityHashMap<>();
    private final List<Runnable> changes = new ArrayList<>();

    Round(IdentityHashMap<Object, Map<Key, Counted>> last) {
      this.last = last;
    }

    @Override
    public void tally(
        Object source, Owner owner, MetricName name, List<Dimension> dimensions, Tally tally) {
      Key key = key(owner, name, dimensions);
      Counted before = before(source, key);
      Tally.Totals totals = tally.totals();
      take(source, key, before, new Counted(totals.count(), totals.sum(), Buckets.NONE), tally);
    }

    @Override
    public void latencies(
        Object source,
        Owner owner,
        MetricName name,
        List<Dimension> dimensions,
        Latencies latencies) {
      Key key = key(owner, name, dimensions);
      Counted before = before(source, key);
      Tally tally = latencies.milliseconds();
      Counted now = tally.count() == before.count ? before : counted(latencies.observed());
      take(source, key, before, now, tally);
    }

    private static Counted counted(Latencies.Observed observed) {
      Tally.Totals totals = observed.totals();
      return new Counted(totals.count(), totals.sum(), Buckets.of(observed.counts()));
    }

    private void take(Object source, Key key, Counted before, Counted now, Tally tally) {
      if (now.count <= before.count) {
        keep(source, key, before);
        return;
      }
      keep(source, key, now);
      changes.add(() -> add(key, sample(before, now, tally)));
    }

    private static Sample sample(Counted before, Counted now, Tally tally) {
      double count = now.count - before.count;
      double sum = now.sum - before.sum;
      Tally.Extremes extremes = tally.takeExtremes();
      // An extreme may have been taken with the reading before, just when its value was added.
      double mean = sum / count;
      double min = count == 1 ? sum : Math.min(extremes.min(), mean);
      double max = count == 1 ? sum : Math.max(extremes.max(), mean);
      return new Sample(count, sum, min, max, now.buckets.minus(before.buckets));
    }

    @Override
    public void events(
        Object source, Owner owner, MetricName name, List<Dimension> dimensions, long total) {
      Key key = key(owner, name, dimensions);
      double count = total - before(source, key).count;
      keep(source, key, new Counted(total, total, Buckets.NONE));
      if (count > 0) {
        changes.add(() -> add(key, Sample.of(count, count, 1, 1)));
      }
    }

    @Override
    public void level(Owner owner, MetricName name, List<Dimension> dimensions, double value) {
      Key key = key(owner, name, dimensions);
      changes.add(() -> {
        Series known = series.get(key);
        // A level has one value each minute, however often somebody asks.
        if (known == null || !known.hasMinute(minute)) {
          add(key, Sample.of(1, value, value, value));
        }
      });
    }

    private void add(Key key, Sample sample) {
      bytes += series.computeIfAbsent(key, _ -> new Series()).add(minute, sample);
    }

    private Counted before(Object source, Key key) {
      return last.getOrDefault(source, Map.of()).getOrDefault(key, Counted.NOTHING);
    }

    /** Remembers what a counter showed; most counters of a table stay at zero. */
    private void keep(Object source, Key key, Counted now) {
      if (now.count > 0) {
        counted.computeIfAbsent(source, _ -> new HashMap<>()).put(key, now);
      }
    }

    private static Key key(Owner owner, MetricName name, List<Dimension> dimensions) {
      return new Key(owner, new Metric(MetricName.NAMESPACE, name.word(), dimensions));
    }
  }
}
