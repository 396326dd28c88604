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
 * Measures how late threads run on this machine when all processors are busy, without any server:
 * one thread for each processor reads the clock without pause, and a gap between two reads is time
 * that the kernel or the hypervisor gave to others. No 99th percentile under load can be better.
 * Stateless.
 */
final class Stalls {
  /** Reads that a gap prevented are counted as if there had been one in each interval. */
  private static final long INTERVAL_NANOS = 10_000;

  private Stalls() {}

  /** Returns how late a read of the clock would have been at any instant, in nanoseconds. */
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
