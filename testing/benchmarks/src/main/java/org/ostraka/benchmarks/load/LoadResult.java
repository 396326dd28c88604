package org.ostraka.benchmarks.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * The result of a run in which all answers were successes. Immutable.
 *
 * @param latencies in nanoseconds; in an open loop they count from when an operation was due, and
 *     include the operations that were due but not over at the end
 * @param finished the number of operations that were over in time
 */
public record LoadResult(Histogram latencies, long finished, long receivedBytes, Duration elapsed) {

  /** Returns the operations per second. */
  public double perSecond() {
    return finished * 1e9 / elapsed.toNanos();
  }

  /** Returns the latency that this percentage of operations did not exceed. */
  public double milliseconds(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }
}
