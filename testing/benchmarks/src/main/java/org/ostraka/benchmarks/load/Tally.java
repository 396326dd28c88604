package org.ostraka.benchmarks.load;

import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What was counted: by one thread while it runs, afterwards of all threads together. */
final class Tally {
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
  private long finished;
  private long receivedBytes;
  private long errors;
  private @Nullable String firstError;

  /** An operation is over that took this long. */
  void finished(long nanos) {
    latencies.recordValue(Math.max(0, nanos));
    finished++;
  }

  /** An operation has taken this long at least, and is not over. */
  void unfinished(long nanos) {
    latencies.recordValue(Math.max(0, nanos));
  }

  void received(long bytes) {
    receivedBytes += bytes;
  }

  /** An answer was no success. */
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
