package org.ostraka.voting.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares kinds of work: a number of clients do one kind after the other, in turns, each as fast
 * as it is answered. The first round warms up and is not counted. One thread.
 */
public final class ClosedLoop {
  private static final int WARM_UP = 1;
  // A turn may be faster than the last one.
  private static final int RESERVE = 2;

  private final int clients;
  private final Duration turn;
  private final ExecutorService threads;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final Map<String, List<Double>> rates = new HashMap<>();
  private final Map<String, Score> scores = new HashMap<>();
  private final List<ProcessHandle> processes;
  private final Map<String, double[]> busyMicros = new HashMap<>();
  private final Map<String, Long> totals = new HashMap<>();
  private final Map<String, Long> lastTurns = new HashMap<>();

  /** What a client does for one voter. */
  @FunctionalInterface
  public interface Work {
    /** Returns whether it succeeded. */
    boolean isDone(long voter) throws IOException, InterruptedException;

    /** Makes what others would bring, for about this many voters, before a turn begins. */
    default void prepare(long voters) {}
  }

  /**
   * Makes the loop.
   *
   * @param processes those whose processor's time is measured
   */
  public ClosedLoop(
      int clients, Duration turn, ExecutorService threads, List<ProcessHandle> processes) {
    this.processes = List.copyOf(processes);
    this.clients = clients;
    this.turn = turn;
    this.threads = threads;
  }

  /** Runs all kinds in turns. */
  public void run(Map<String, Work> kinds, int rounds) throws InterruptedException {
    for (int round = 0; round < rounds + WARM_UP; round++) {
      for (Map.Entry<String, Work> kind : kinds.entrySet()) {
        Score score = new Score();
        kind.getValue().prepare(RESERVE * lastTurns.getOrDefault(kind.getKey(), 0L));
        double[] before = busy();
        double rate = turn(kind.getValue(), score);
        lastTurns.put(kind.getKey(), score.acknowledged());
        if (round >= WARM_UP) {
          add(kind.getKey(), before, busy(), score.acknowledged());
          rates.computeIfAbsent(kind.getKey(), _ -> new ArrayList<>()).add(rate);
          scores.put(kind.getKey(), score);
        }
      }
    }
  }

  /** Returns the processor's time of each process so far, in microseconds. */
  private double[] busy() {
    return processes.stream()
        .mapToDouble(it -> it.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e3)
        .toArray();
  }

  private void add(String kind, double[] before, double[] after, long done) {
    double[] sum = busyMicros.computeIfAbsent(kind, _ -> new double[before.length]);
    for (int process = 0; process < sum.length; process++) {
      sum[process] += after[process] - before[process];
    }
    var _ = totals.merge(kind, done, Long::sum);
  }

  /** Returns the processor's time of each process for one piece of work, in microseconds. */
  public double[] busyMicros(String kind) {
    double[] micros = busyMicros.getOrDefault(kind, new double[0]).clone();
    for (int process = 0; process < micros.length; process++) {
      micros[process] /= Math.max(1, totals.getOrDefault(kind, 0L));
    }
    return micros;
  }

  private double turn(Work work, Score score) throws InterruptedException {
    long from = System.nanoTime();
    long end = from + turn.toNanos();
    List<Future<Long>> running = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      running.add(threads.submit(() -> client(work, score, end)));
    }
    long done = 0;
    for (Future<Long> client : running) {
      try {
        done += client.get();
      } catch (ExecutionException broken) {
        throw new IllegalStateException(broken.getCause());
      }
    }
    return done / ((System.nanoTime() - from) / 1e9);
  }

  private long client(Work work, Score score, long end) throws IOException, InterruptedException {
    long done = 0;
    for (long from = System.nanoTime(); from < end; from = System.nanoTime()) {
      if (work.isDone(next.incrementAndGet())) {
        done++;
        score.acknowledge(Duration.ofNanos(System.nanoTime() - from));
      } else {
        var _ = failures.incrementAndGet();
      }
    }
    return done;
  }

  /** Returns the median of the rounds, in a second. */
  public double rate(String kind) {
    return median(rates.getOrDefault(kind, List.of()));
  }

  /** Returns the median of what a kind did beside another one in the same round. */
  public double ratio(String kind, String beside) {
    List<Double> own = rates.getOrDefault(kind, List.of());
    List<Double> others = rates.getOrDefault(beside, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < Math.min(own.size(), others.size()); round++) {
      ratios.add(own.get(round) / others.get(round));
    }
    return median(ratios);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }

  /** Returns the time within which this share of the last round was done. */
  public double percentileMillis(String kind, double share) {
    Score score = scores.get(kind);
    return score == null ? Double.NaN : score.percentileMillis(share);
  }

  public long failures() {
    return failures.get();
  }
}
