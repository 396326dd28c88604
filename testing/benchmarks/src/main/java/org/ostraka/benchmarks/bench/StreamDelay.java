package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.load.LoadRun;
import org.ostraka.benchmarks.workload.StreamReading;

/**
 * Measures how long changes take to the readers of a stream while others write: puts one item after
 * the other, and asks for records from each answer until the item's record is there. One thread.
 */
final class StreamDelay {
  /** A hundredth of them is ten. */
  private static final int PROBES = 1_000;

  private static final double MIDDLE = 0.5;
  private static final double PERCENTILE = 0.99;

  private final URI endpoint;
  private final Duration warmUp;

  /**
   * Makes a measurement.
   *
   * @param warmUp how long the same is done before it is measured
   */
  StreamDelay(URI endpoint, Duration warmUp) {
    this.endpoint = endpoint;
    this.warmUp = warmUp;
  }

  /**
   * What the measured items took, in milliseconds.
   *
   * @param put from the request that puts an item to its answer
   * @param delay from that answer to the answer with the record
   * @param pages how many pages were read for a record at most
   */
  record Delays(double putMiddle, double put, double middle, double delay, int pages) {}

  private record Probe(double put, double delay, int pages) {}

  /** Measures under a load of others, which begins and ends with the measurement. */
  Delays under(LoadPlan load, SplittableRandom random) throws IOException {
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<List<Probe>> probing = executor.submit(this::probeAll);
      var _ =
          LoadRun.runUntil(
              load.lasting(Duration.ZERO, Duration.ofMinutes(10)),
              random,
              LoadRun.Meter.NONE,
              probing::isDone);
      List<Probe> probes = probing.get();
      double[] puts = probes.stream().mapToDouble(Probe::put).sorted().toArray();
      double[] delays = probes.stream().mapToDouble(Probe::delay).sorted().toArray();
      return new Delays(
          at(MIDDLE, puts),
          at(PERCENTILE, puts),
          at(MIDDLE, delays),
          at(PERCENTILE, delays),
          probes.stream().mapToInt(Probe::pages).max().orElse(0));
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

  private List<Probe> probeAll() throws IOException {
    List<Probe> probes = new ArrayList<>();
    try (StreamReading reading = new StreamReading(endpoint);
        StreamReading writing = new StreamReading(endpoint)) {
      long end = System.nanoTime() + warmUp.toNanos();
      for (int i = 0; System.nanoTime() - end < 0; i++) {
        var _ = probe(reading, writing, "warm-up-" + i);
      }
      for (int i = 0; i < PROBES; i++) {
        probes.add(probe(reading, writing, "probe-" + i));
      }
    }
    return probes;
  }

  private static Probe probe(StreamReading reading, StreamReading writing, String key)
      throws IOException {
    List<String> at = reading.iterators("LATEST");
    long sent = System.nanoTime();
    writing.put(key);
    long answered = System.nanoTime();
    int pages = 0;
    while (true) {
      List<String> next = new ArrayList<>();
      for (String iterator : at) {
        StreamReading.Page page = reading.page(iterator);
        pages++;
        if (page.has(key)) {
          return new Probe((answered - sent) / 1e6, (System.nanoTime() - answered) / 1e6, pages);
        }
        page.next().ifPresent(next::add);
      }
      at = next;
    }
  }
}
