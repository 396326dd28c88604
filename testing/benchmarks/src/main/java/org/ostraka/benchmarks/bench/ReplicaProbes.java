package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.load.LoadResult;
import org.ostraka.benchmarks.load.LoadRun;
import org.ostraka.benchmarks.workload.OtherRegion;
import org.ostraka.benchmarks.workload.StreamReading;

/**
 * Items that are put in one region and looked for in another: how long one takes, and when
 * everything before them has arrived. One thread.
 */
final class ReplicaProbes {
  /** A hundredth of them is three. */
  private static final int PROBES = 300;

  /** Enough that each shard of the table gets some. */
  private static final int MARKS = 64;

  /** Reads until both processes have compiled what a look needs, as a service in use has. */
  private static final int WARM_UP = 20_000;

  /** Each look takes processor time from the servers. */
  private static final long LOOK_NANOS = 5_000_000;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final double MIDDLE = 0.5;
  private static final double PERCENTILE = 0.99;

  private final URI own;
  private int rounds;

  ReplicaProbes(URI own) {
    this.own = own;
  }

  /**
   * What changes took from their answer to being readable in the other region, in milliseconds.
   *
   * @param load what the writers did meanwhile
   */
  record Delays(double middle, double percentile, LoadResult load) {}

  /** Measures delays under a load of others, which begins and ends with the measurement. */
  Delays under(LoadPlan load, SplittableRandom random, URI other) throws IOException {
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<double[]> probing = executor.submit(() -> probeAll(other));
      LoadResult result =
          LoadRun.runUntil(
              load.lasting(Duration.ZERO, PATIENCE), random, LoadRun.Meter.NONE, probing::isDone);
      double[] delays = probing.get();
      Arrays.sort(delays);
      return new Delays(at(MIDDLE, delays), at(PERCENTILE, delays), result);
    } catch (ExecutionException failed) {
      throw new IOException("the delay was not measured: " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private static double at(double share, double[] sorted) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  private double[] probeAll(URI other) throws IOException {
    double[] delays = new double[PROBES];
    try (StreamReading writing = new StreamReading(own);
        OtherRegion reading = new OtherRegion(other)) {
      for (int i = -PROBES / 10; i < PROBES; i++) { // the first ones warm up
        writing.put("probe-" + i);
        long answered = System.nanoTime();
        await(reading, "probe-" + i);
        delays[Math.max(0, i)] = (System.nanoTime() - answered) / 1e6;
      }
    }
    return delays;
  }

  /** Puts an item behind everything that was written before, in every shard. */
  List<String> mark() throws IOException {
    rounds++;
    List<String> marks = new ArrayList<>();
    try (StreamReading writing = new StreamReading(own)) {
      for (int i = 0; i < MARKS; i++) {
        String key = "mark-" + rounds + "-" + i;
        writing.put(key);
        marks.add(key);
      }
    }
    return marks;
  }

  /** Lets replication begin. */
  @FunctionalInterface
  interface Beginning {
    void begin() throws IOException;
  }

  /** Returns the time from the arrival of the first of some items to that of all others. */
  static Duration betweenArrivals(
      URI other, List<String> first, List<String> last, Beginning beginning) throws IOException {
    try (OtherRegion reading = new OtherRegion(other)) {
      warmUp(reading);
      beginning.begin();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!reading.has(first.getFirst())) {
        requireTime(end, first.getFirst());
      }
      long start = System.nanoTime();
      for (String key : last) {
        await(reading, key);
      }
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  /** Makes later looks cheap: the first ones of a process cost many times as much. */
  static void warmUp(URI other) throws IOException {
    try (OtherRegion reading = new OtherRegion(other)) {
      warmUp(reading);
    }
  }

  private static void warmUp(OtherRegion reading) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      var _ = reading.has("absent");
    }
  }

  private static void requireTime(long end, String key) throws IOException {
    if (System.nanoTime() - end > 0) {
      throw new IOException(key + " did not arrive in " + PATIENCE);
    }
  }

  /** Waits until items are in the other region. */
  static void await(URI other, List<String> keys) throws IOException {
    try (OtherRegion reading = new OtherRegion(other)) {
      for (String key : keys) {
        await(reading, key);
      }
    }
  }

  private static void await(OtherRegion reading, String key) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!reading.has(key)) {
      requireTime(end, key);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
