package org.ostraka.benchmarks.bench;

import static org.ostraka.benchmarks.bench.MarkdownTable.number;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ostraka.benchmarks.limits.Measurement;
import org.ostraka.benchmarks.limits.SqlLoop;
import org.ostraka.benchmarks.limits.StandbyLag;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.load.LoadResult;
import org.ostraka.benchmarks.load.LoadRun;
import org.ostraka.benchmarks.workload.Tables;
import org.ostraka.benchmarks.workload.WorkloadKind;

/**
 * Measures servers over a PostgreSQL database beside one on a directory, and beside plain SQL that
 * does the same work: {@code bin/ostraka bench store}. One thread.
 */
final class SharedStores {
  private static final int SERVERS = 3;
  private static final double LEAST_OF_PLAIN_SQL = 0.6;
  private static final double LONGEST_START_SECONDS = 1.5;
  private static final Duration RAMP_UP = Duration.ofMillis(300);
  private static final String PLAIN_SQL = "plain SQL";
  private static final String DIRECTORY = "1 server, RocksDB";

  private final BenchOptions options;
  private final String database;
  private final Servers servers;
  private final Output output;
  private final PrintStream progress;
  private final Plans plans;
  private final SplittableRandom random;
  private final List<Target> shared = new ArrayList<>();

  SharedStores(BenchOptions options, Servers servers, Output output, PrintStream progress) {
    this.options = options;
    this.database = options.store();
    this.servers = servers;
    this.output = output;
    this.progress = progress;
    this.plans = new Plans(options, options.shape(), options.keys());
    this.random = new SplittableRandom(options.seed());
  }

  /** A workload, how its keys are chosen, and what plain SQL does for it. */
  private enum Kind {
    PUT("PutItem", WorkloadKind.PUT, Distribution.UNIFORM, SqlLoop.Work.PUT),
    PUT_ONE("PutItem of one key", WorkloadKind.PUT, Distribution.HOT, SqlLoop.Work.PUT_ONE),
    GET("GetItem", WorkloadKind.GET, Distribution.UNIFORM, SqlLoop.Work.GET),
    TEN(
        "TransactWriteItems-10",
        WorkloadKind.TRANSACT_TEN,
        Distribution.UNIFORM,
        SqlLoop.Work.PUT_TEN);

    private final String title;
    private final WorkloadKind workload;
    private final Distribution distribution;
    private final SqlLoop.Work plain;

    Kind(String title, WorkloadKind workload, Distribution distribution, SqlLoop.Work plain) {
      this.title = title;
      this.workload = workload;
      this.distribution = distribution;
      this.plain = plain;
    }
  }

  void run() throws IOException {
    output.markdown(Machine.describe(options.home()) + "\n");
    MarkdownTable goals = new MarkdownTable("measure", "goal", "measured", "met");
    try (SqlLoop plain =
            new SqlLoop(database, options.shape().bytes(), Math.toIntExact(options.keys()));
        Target directory = servers.ostraka()) {
      for (int i = 1; i <= SERVERS; i++) {
        shared.add(servers.onStore("shared-" + i, database));
      }
      for (Target target : List.of(directory, shared.getFirst())) {
        Tables tables = new Tables(target.endpoint(), options.shape(), options.keys());
        tables.prepare(WorkloadKind.PUT);
      }
      for (Kind kind : Kind.values()) {
        measure(kind, plain, directory, goals);
      }
      if (options.standby().isPresent()) {
        measureLag(options.standby().get());
      }
    } finally {
      for (Target target : shared) {
        target.close();
      }
    }
    double start = servers.medianStartOn(database, options.starts(), progress);
    Goal.atMost("start to first answer on a database", LONGEST_START_SECONDS, " s", start)
        .addTo(goals);
    output.markdown("### The goals\n\n" + goals);
  }

  private void measure(Kind kind, SqlLoop plain, Target directory, MarkdownTable goals)
      throws IOException {
    Map<String, List<Turn>> turns = new LinkedHashMap<>();
    for (int round = 0; round <= options.rounds(); round++) {
      // The first one warms up.
      Map<String, List<Turn>> into = round == 0 ? new LinkedHashMap<>() : turns;
      Duration time = round == 0 ? options.warmUp() : options.duration();
      if (!time.isPositive()) {
        continue;
      }
      add(into, PLAIN_SQL, plain(kind, plain, time));
      add(into, DIRECTORY, together(kind, List.of(directory), time));
      for (int count = 1; count <= SERVERS; count++) {
        String name = count == 1 ? "1 server, PostgreSQL" : count + " servers, PostgreSQL";
        add(into, name, together(kind, shared.subList(0, count), time));
      }
      progress.printf("%s: round %d of %d%n", kind.title, round, options.rounds());
    }
    output.markdown("### " + kind.title + "\n\n" + table(turns));
    Goal.atLeast(
            kind.title + ", one server over plain SQL",
            LEAST_OF_PLAIN_SQL,
            "",
            ratio(turns, "1 server, PostgreSQL"))
        .addTo(goals);
  }

  /** Measures the lag of a standby while nothing else is written, and while a server is loaded. */
  private void measureLag(String standby) throws IOException {
    MarkdownTable table = new MarkdownTable("while", "p50 ms", "p99 ms", "most ms");
    try (StandbyLag lag = new StandbyLag(database, standby);
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      addLag(table, "nothing else is written", lag.measure(options.duration()));
      Future<Measurement> loaded = thread.submit(() -> lag.measure(options.duration()));
      together(Kind.PUT, List.of(shared.getFirst()), options.duration());
      addLag(table, "one server has PutItem from all clients", loaded.get());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    }
    output.markdown("### From a commit until the standby shows it\n\n" + table);
  }

  private static void addLag(MarkdownTable table, String name, Measurement measured) {
    table.row(
        name,
        number(measured.milliseconds(50), 2),
        number(measured.milliseconds(99), 2),
        number(measured.milliseconds(100), 2));
  }

  private static void add(Map<String, List<Turn>> turns, String name, Turn turn) {
    turns.computeIfAbsent(name, _ -> new ArrayList<>()).add(turn);
  }

  private static double ratio(Map<String, List<Turn>> turns, String name) {
    return Medians.ofRatios(
        turns.getOrDefault(name, List.of()),
        turns.getOrDefault(PLAIN_SQL, List.of()),
        Turn.Figure.PER_SECOND);
  }

  private static MarkdownTable table(Map<String, List<Turn>> turns) {
    MarkdownTable table =
        new MarkdownTable("", "times plain SQL", "operations/s", "p50 ms", "p99 ms");
    turns.forEach((name, all) ->
        table.row(
            name,
            number(ratio(turns, name), 2),
            number(Medians.of(all, Turn.Figure.PER_SECOND), 0),
            number(Medians.of(all, Turn.Figure.P50), 2),
            number(Medians.of(all, Turn.Figure.P99), 2)));
    return table;
  }

  private Turn plain(Kind kind, SqlLoop plain, Duration time) throws IOException {
    Measurement measured = plain.measure(kind.plain, options.clients().getFirst(), time);
    return turn(
        new LoadResult(
            measured.latencies(), measured.latencies().getTotalCount(), 0, measured.elapsed()));
  }

  /** Lets the clients share some servers, which they load at the same time. */
  private Turn together(Kind kind, List<Target> targets, Duration time) throws IOException {
    List<LoadPlan> loads = new ArrayList<>();
    int clients = options.clients().getFirst();
    for (int i = 0; i < targets.size(); i++) {
      int share = clients / targets.size() + (i < clients % targets.size() ? 1 : 0);
      loads.add(
          plans
              .plan(
                  targets.get(i),
                  kind.workload,
                  Math.max(1, share),
                  kind.distribution,
                  OptionalDouble.empty())
              .lasting(RAMP_UP, time));
    }
    return turn(sum(runAll(loads)));
  }

  private List<LoadResult> runAll(List<LoadPlan> loads) throws IOException {
    List<LoadResult> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(loads.size())) {
      List<Future<LoadResult>> running = new ArrayList<>();
      for (LoadPlan load : loads) {
        SplittableRandom own = random.split();
        running.add(threads.submit(() -> LoadRun.run(load, own, LoadRun.Meter.NONE)));
      }
      for (Future<LoadResult> one : running) {
        results.add(one.get());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    }
    return results;
  }

  private static LoadResult sum(List<LoadResult> results) {
    LoadResult first = results.getFirst();
    long finished = first.finished();
    for (LoadResult other : results.subList(1, results.size())) {
      first.latencies().add(other.latencies());
      finished += other.finished();
    }
    return new LoadResult(first.latencies(), finished, 0, first.elapsed());
  }

  private static Turn turn(LoadResult result) {
    return new Turn(result, Double.NaN, Double.NaN, Double.NaN);
  }
}
