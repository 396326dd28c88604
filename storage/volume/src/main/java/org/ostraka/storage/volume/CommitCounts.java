package org.ostraka.storage.volume;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.ostraka.storage.Measure;

/** Counts groups of decisions, and how long writing them takes. Any thread. */
final class CommitCounts {
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongSupplier nanoTime;
  private final LongAdder groups = new LongAdder();
  private final LongAdder decisions = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /** Begins to count; {@code nanoTime} is in nanoseconds and never goes back. */
  CommitCounts(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  long begin() {
    return nanoTime.getAsLong();
  }

  /** Counts a group that is durable. */
  void end(long begin, List<Submission> group) {
    nanos.add(nanoTime.getAsLong() - begin);
    groups.increment();
    decisions.add(group.size());
    bytes.add(group.stream().mapToLong(Submission::sizeBytes).sum());
  }

  List<Measure> measures() {
    return List.of(
        Measure.counter(
            "commit_groups", "Groups of decisions that were made durable.", groups.sum()),
        Measure.counter("commit_decisions", "Decisions in these groups.", decisions.sum()),
        Measure.counter("commit_bytes", "Bytes of these decisions.", bytes.sum()),
        Measure.counter(
            "commit_seconds",
            "Time for writing and syncing groups.",
            nanos.sum() / NANOS_PER_SECOND));
  }
}
