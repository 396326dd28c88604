package org.ostraka.benchmarks.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * How late anything is on this machine that keeps all processors busy, before any server does
 * anything: a thread for each processor looks at the clock without pause, and a gap between two
 * looks is time that the kernel or the hypervisor gave to others. No 99th percentile under load can
 * be better. Stateless.
 */
final class Stalls {
  /** Looks that fall into a gap are counted as if they had been made so often. */
  private static final long INTERVAL_NANOS = 10_000;

  private Stalls() {}

  /** How long it would have taken to be told the time, at any instant, in nanoseconds. */
  static Histogram measure(int threads, Duration duration) {
    Histogram all = new Histogram(3);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<Histogram>> spinning = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        spinning.add(executor.submit(() -> spin(duration)));
      }
      for (Future<Histogram> each : spinning) {
        all.add(each.get());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
    return all;
  }

  private static Histogram spin(Duration duration) {
    Histogram gaps = new Histogram(3);
    long last = System.nanoTime();
    long end = last + duration.toNanos();
    long looked = last;
    while (last - end < 0) {
      long now = System.nanoTime();
      if (now - looked >= INTERVAL_NANOS) {
        gaps.recordValueWithExpectedInterval(now - last, INTERVAL_NANOS);
        looked = now;
      }
      last = now;
    }
    return gaps;
  }
}
