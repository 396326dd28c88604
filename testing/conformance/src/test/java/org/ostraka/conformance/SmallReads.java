package org.ostraka.conformance;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that reads a small item again and again and measures each read. Its own thread reads;
 * another thread ends it.
 */
final class SmallReads {
  private static final Duration BETWEEN = Duration.ofMillis(5);

  private final URI endpoint;
  private final RawConnection.Request request;
  private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final Thread thread;
  private volatile boolean ended;

  private SmallReads(URI endpoint, RawConnection.Request request) {
    this.endpoint = endpoint;
    this.request = request;
    this.thread = Thread.ofPlatform().name("small reads").unstarted(this::run);
  }

  static SmallReads start(URI endpoint, RawConnection.Request request) {
    SmallReads reads = new SmallReads(endpoint, request);
    reads.thread.start();
    return reads;
  }

  /**
   * The times of the reads.
   *
   * @param failures the answers other than the item
   */
  record Report(int count, Duration median, Duration p99, Duration longest, List<String> failures) {
    @Override
    public String toString() {
      return "%d reads, median %d ms, p99 %d ms, longest %d ms, failures %s"
          .formatted(count, median.toMillis(), p99.toMillis(), longest.toMillis(), failures);
    }
  }

  Report end() throws InterruptedException {
    ended = true;
    thread.join();
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    return new Report(
        sorted.size(),
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 1),
        failures.stream().distinct().toList());
  }

  private static Duration at(List<Long> sorted, double part) {
    int index = (int) Math.ceil(part * sorted.size()) - 1;
    return Duration.ofNanos(sorted.get(Math.max(0, index)));
  }

  private void run() {
    try (RawConnection connection = RawConnection.open(endpoint)) {
      while (!ended) {
        long start = System.nanoTime();
        int status = connection.call(request);
        nanos.add(System.nanoTime() - start);
        if (status != 200) {
          failures.add(Integer.toString(status));
        }
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
    } catch (IOException lost) {
      failures.add(lost.toString());
    }
  }
}
