package org.ostraka.benchmarks.load;

import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The counts of one thread during a run, or of all threads afterwards. One thread. */
final class Tally {
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
  private long finished;
  private long receivedBytes;
  private long errors;
  private @Nullable String firstError;

  /** Counts an operation that is over and took this time. */
  void finished(long nanos) {
    latencies.recordValue(Math.max(0, nanos));
    finished++;
  }

  /** Counts an operation that is not over and has taken at least this time. */
  void unfinished(long nanos) {
    latencies.recordValue(Math.max(0, nanos));
  }

  void received(long bytes) {
    receivedBytes += bytes;
  }

  /** Counts an answer other than success. */
  void failed(String summary) {
    errors++;
    if (firstError == null) {
      firstError = summary;
    }
  }

  void add(Tally other) {
    latencies.add(other.latencies);
    finished += other.finished;
    receivedBytes += other.receivedBytes;
    errors += other.errors;
    if (firstError == null) {
      firstError = other.firstError;
    }
  }

  Histogram latencies() {
    return latencies;
  }

  long finished() {
    return finished;
  }

  long receivedBytes() {
    return receivedBytes;
  }

  long errors() {
    return errors;
  }

  Optional<String> firstError() {
    return Optional.ofNullable(firstError);
  }
}
