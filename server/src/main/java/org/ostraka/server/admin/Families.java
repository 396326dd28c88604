package org.ostraka.server.admin;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.TreeMap;
import org.ostraka.engine.metric.Latencies;

/**
 * The families of metrics of one scrape, by their names, with a point for each label. One thread.
 */
final class Families {
  /** Every fourth bucket: limits are powers of two times 16 microseconds. */
  private static final int BUCKETS_PER_LIMIT = 4;

  private static final double MILLIS_PER_SECOND = 1_000.0;

  private final Map<String, CounterSnapshot.Builder> counters = new TreeMap<>();
  private final Map<String, GaugeSnapshot.Builder> gauges = new TreeMap<>();
  private final Map<String, HistogramSnapshot.Builder> histograms = new TreeMap<>();

  /** Adds a number that only grows. The name gets the ending {@code _total}. */
  void counter(String name, String help, Labels labels, double value) {
    counters
        .computeIfAbsent(name, _ -> CounterSnapshot.builder().name(name).help(help))
        .dataPoint(CounterDataPointSnapshot.builder().labels(labels).value(value).build());
  }

  /** Adds a whole number that only grows. */
  void counter(String name, String help, Labels labels, long value) {
    counter(name, help, labels, (double) value);
  }

  /** Adds a whole number that goes up and down. */
  void gauge(String name, String help, Labels labels, long value) {
    gauge(name, help, labels, (double) value);
  }

  /** Adds a number that goes up and down. */
  void gauge(String name, String help, Labels labels, double value) {
    gauges
        .computeIfAbsent(name, _ -> GaugeSnapshot.builder().name(name).help(help))
        .dataPoint(GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
  }

  /** Adds latencies, in seconds. */
  void histogram(String name, String help, Labels labels, Latencies latencies) {
    Latencies.Observed observed = latencies.observed();
    long[] counts = observed.counts();
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i];
      if (i % BUCKETS_PER_LIMIT == BUCKETS_PER_LIMIT - 1) {
        buckets.bucket(Latencies.limitMillis(i) / MILLIS_PER_SECOND, below);
        below = 0;
      }
    }
    histograms
        .computeIfAbsent(name, _ -> HistogramSnapshot.builder().name(name).help(help))
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(buckets.build())
                .sum(observed.totals().sum() / MILLIS_PER_SECOND)
                .build());
  }

  MetricSnapshots all() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    counters.values().forEach(family -> all.metricSnapshot(family.build()));
    gauges.values().forEach(family -> all.metricSnapshot(family.build()));
    histograms.values().forEach(family -> all.metricSnapshot(family.build()));
    return all.build();
  }
}
