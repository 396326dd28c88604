package org.ostraka.benchmarks.limits;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** The time that each request of a run took, in nanoseconds, and the time of the whole run. */
public record Measurement(Histogram latencies, Duration elapsed) {

  /** Returns the requests per second. */
  public double requestsPerSecond() {
    return latencies.getTotalCount() * 1e9 / elapsed.toNanos();
  }

  /** Returns the latency that this percentage of requests did not exceed. */
  public double milliseconds(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }
}
