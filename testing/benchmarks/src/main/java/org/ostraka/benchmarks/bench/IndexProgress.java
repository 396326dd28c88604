package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.ostraka.benchmarks.workload.AddedIndex;

/** Watches an index with DescribeTable while it is built. One thread runs, any reads. */
final class IndexProgress implements Runnable, AutoCloseable {

  /** The number of items at one moment. */
  record Sample(Duration since, long items) {}

  private final AddedIndex index;
  private final long startNanos = System.nanoTime();
  private final List<Sample> samples = new CopyOnWriteArrayList<>();
  private volatile @Nullable Duration active;
  private volatile @Nullable IOException failure;

  IndexProgress(URI endpoint) throws IOException {
    index = new AddedIndex(endpoint);
  }

  /** Asks once, unless the index is complete. */
  @Override
  public void run() {
    if (isOver()) {
      return;
    }
    try {
      AddedIndex.Description description = index.describe();
      Duration since = Duration.ofNanos(System.nanoTime() - startNanos);
      if (description.isActive()) {
        active = since;
      } else {
        samples.add(new Sample(since, description.items()));
      }
    } catch (IOException failed) {
      failure = failed;
    }
  }

  /** Returns whether the index is complete, or asking has failed. */
  boolean isOver() {
    return active != null || failure != null;
  }

  /** Returns how long the index took to become ACTIVE; fails when it did not. */
  Duration timeToActive() throws IOException {
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
    Duration seen = active;
    if (seen == null) {
      throw new IOException("the index has not become ACTIVE");
    }
    return seen;
  }

  /** Returns how often the index was seen while it was CREATING. */
  int looks() {
    return samples.size();
  }

  /** Returns when the index was first seen with so many items; empty when it never was. */
  Optional<Duration> timeTo(long items) {
    return samples.stream().filter(sample -> sample.items >= items).findFirst().map(Sample::since);
  }

  @Override
  public void close() throws IOException {
    index.close();
  }
}
