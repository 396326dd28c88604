package org.ostraka.benchmarks.limits;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** What a run of requests took: how long each, in nanoseconds, and how long all of them. */
public record Measurement(Histogram latencies, Duration elapsed) {

  /** How many each second. */
  public double requestsPerSecond() {
    return latencies.getTotalCount() * 1e9 / elapsed.toNanos();
  }

  /** The latency that this percentage did not exceed. */
  public double milliseconds(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }
}
