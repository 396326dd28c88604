package org.ostraka.benchmarks;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** What a run of requests took: how long each, in nanoseconds, and how long all of them. */
record Measurement(Histogram latencies, Duration elapsed) {

  double requestsPerSecond() {
    return latencies.getTotalCount() * 1e9 / elapsed.toNanos();
  }

  double milliseconds(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }
}
