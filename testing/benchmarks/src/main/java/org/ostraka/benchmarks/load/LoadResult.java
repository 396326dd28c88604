package org.ostraka.benchmarks.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What a run measured; all answers were successes. Immutable.
 *
 * @param latencies in nanoseconds; in an open loop from when an operation should have begun, and
 *     with those that were due and not over at the end
 * @param finished operations that were over in time
 */
public record LoadResult(Histogram latencies, long finished, long receivedBytes, Duration elapsed) {

  /** Operations a second. */
  public double perSecond() {
    return finished * 1e9 / elapsed.toNanos();
  }

  /** The latency that this percentage of operations did not exceed. */
  public double milliseconds(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }
}
