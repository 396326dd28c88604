package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.load.LoadResult;
import org.ostraka.benchmarks.load.LoadRun;
import org.ostraka.benchmarks.workload.OtherRegion;
import org.ostraka.benchmarks.workload.Tables;
import org.ostraka.benchmarks.workload.WorkloadKind;

/**
 * Measures a table that is replicated to another process on the same machine: what it costs the
 * writers, how long changes take, and how fast the other region catches up after an absence: {@code
 * bin/ostraka bench regions}. One thread.
 */
final class Regions {
  private static final double LEAST_WRITES = 0.7;
  private static final double LONGEST_DELAY_MILLISECONDS = 250;
  private static final double LEAST_CATCHING_UP = 2;
  private static final long LOOK_NANOS = 50_000_000;

  /** Longer than until a server reads its file of peers again. */
  private static final Duration RELOAD = Duration.ofSeconds(7);

  private final BenchOptions options;
  private final Servers servers;
  private final Output output;
  private final PrintStream progress;
  private final SplittableRandom random;
  private final Map<URI, ReplicaProbes> probes = new HashMap<>();
  private final MarkdownTable figures = new MarkdownTable("measure", "value");
  private final MarkdownTable goals = new MarkdownTable("measure", "goal", "measured", "met");

  Regions(BenchOptions options, Servers servers, Output output, PrintStream progress) {
    this.options = options;
    this.servers = servers;
    this.output = output;
    this.progress = progress;
    this.random = new SplittableRandom(options.seed());
  }

  /** Throughputs of one run, in operations a second, beside what one table without replica has. */
  private record Writes(double alone, double replicated, double ratio, double arriving) {}

  /** How a table without a replica and one with a replica were written to in one round. */
  private record Round(Writes writes, PutCost alone, PutCost replicated) {}

  void run() throws IOException {
    output.markdown(Machine.describe(options.home()) + "\n");
    Path directory = Files.createDirectories(servers.directory("regions"));
    Path hereFile = peers(directory.resolve("here.json"), "");
    Path thereFile = peers(directory.resolve("there.json"), "");
    Path data = servers.directory(OtherRegion.NAME);
    try (Target here =
        servers.ostraka("--region", OtherRegion.OWN, "--peers", hereFile.toString())) {
      Writes writes;
      try (ServerProcess there = other(data, thereFile)) {
        peers(hereFile, peer(OtherRegion.NAME, there.endpoint()));
        peers(thereFile, peer(OtherRegion.OWN, here.endpoint()));
        replicate(here);
        writes = measureWrites(here, there);
        measureDelay(here, there.endpoint(), writes.alone() / 2);
        measureCut(here, hereFile, there.endpoint(), writes.alone() / 2);
      }
      measureAbsence(here, hereFile, thereFile, data, writes.alone() / 2);
    }
    output.markdown("### Figures\n\n" + figures);
    output.markdown("### The goals\n\n" + goals);
  }

  /** Returns the probes, whose items have names that no other has. */
  private ReplicaProbes probes(Target here) {
    return probes.computeIfAbsent(here.endpoint(), ReplicaProbes::new);
  }

  private ServerProcess other(Path data, Path file) throws IOException {
    List<String> all = new ArrayList<>(options.serveOptions());
    all.addAll(List.of("--region", OtherRegion.NAME, "--peers", file.toString()));
    return ServerProcess.start(options.home(), data, all.toArray(String[]::new));
  }

  private static String peer(String region, URI url) {
    return "{\"Region\":\"%s\",\"Url\":\"%s\"}".formatted(region, url);
  }

  private static Path peers(Path file, String entries) throws IOException {
    return Files.writeString(file, "{\"Peers\":[" + entries + "]}");
  }

  /** Adds the replica, as soon as the servers have read their files of peers. */
  private void replicate(Target here) throws IOException {
    Tables tables = new Tables(here.endpoint(), options.shape(), options.keys());
    tables.prepare(WorkloadKind.PUT);
    tables.prepare(WorkloadKind.PUT_STREAMED);
    LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
    progress.println("adding a replica of " + options.keys() + " items");
    long start = System.nanoTime();
    OtherRegion.add(here.endpoint());
    while (!OtherRegion.isActive(here.endpoint())) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    figures.row(
        "items a second copied to a new replica",
        MarkdownTable.number(options.keys() * 1e9 / (System.nanoTime() - start), 0));
  }

  private Writes measureWrites(Target here, ServerProcess there) throws IOException {
    List<Round> rounds = new ArrayList<>();
    for (int round = -1; round < options.rounds(); round++) { // the first one warms up
      progress.println("writes, round " + round);
      if (round < 0) {
        var _ = load(plan(here, WorkloadKind.PUT, OptionalDouble.empty()));
        var _ = load(plan(here, WorkloadKind.PUT_STREAMED, OptionalDouble.empty()));
        ReplicaProbes.await(there.endpoint(), probes(here).mark());
      } else {
        rounds.add(round(here, there));
      }
    }
    Writes middle =
        new Writes(
            median(rounds, each -> each.writes().alone()),
            median(rounds, each -> each.writes().replicated()),
            median(rounds, each -> each.writes().ratio()),
            median(rounds, each -> each.writes().arriving()));
    figures.row("PutItem/s without a replica", MarkdownTable.number(middle.alone(), 0));
    figures.row("PutItem/s with a replica", MarkdownTable.number(middle.replicated(), 0));
    figures.row(
        "changes/s that arrive in the other region, until the last one has",
        MarkdownTable.number(middle.arriving(), 0));
    figures.row(
        "writes with a replica, over writes without, at full load",
        MarkdownTable.number(middle.ratio(), 2));
    String cost = "processor time of a put %s a replica: its server, the other one, the client";
    figures.row(
        cost.formatted("without"),
        PutCost.median(rounds.stream().map(Round::alone).toList()).toString());
    figures.row(
        cost.formatted("with"),
        PutCost.median(rounds.stream().map(Round::replicated).toList()).toString());
    return middle;
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return Medians.of(rounds.stream().mapToDouble(figure));
  }

  private Round round(Target here, ServerProcess there) throws IOException {
    List<LoadResult> results = new ArrayList<>();
    PutCost alone =
        PutCost.of(
            here,
            there,
            () -> {
              results.add(warm(plan(here, WorkloadKind.PUT, OptionalDouble.empty())));
              return results.getLast().finished();
            });
    long start = System.nanoTime();
    PutCost replicated =
        PutCost.of(
            here,
            there,
            () -> {
              results.add(warm(plan(here, WorkloadKind.PUT_STREAMED, OptionalDouble.empty())));
              ReplicaProbes.await(there.endpoint(), probes(here).mark());
              return results.getLast().finished();
            });
    double seconds = (System.nanoTime() - start) / 1e9;
    double before = results.getFirst().perSecond();
    LoadResult after = results.getLast();
    Writes writes =
        new Writes(
            before, after.perSecond(), after.perSecond() / before, after.finished() / seconds);
    return new Round(writes, alone, replicated);
  }

  private void measureDelay(Target here, URI there, double rate) throws IOException {
    progress.println("the delay at half of the peak write rate");
    ReplicaProbes.warmUp(there);
    double before = warm(plan(here, WorkloadKind.PUT, OptionalDouble.of(rate))).perSecond();
    ReplicaProbes.Delays delays =
        probes(here)
            .under(
                plan(here, WorkloadKind.PUT_STREAMED, OptionalDouble.of(rate)),
                random.split(),
                there);
    double after = warm(plan(here, WorkloadKind.PUT, OptionalDouble.of(rate))).perSecond();
    figures.row(
        "from a write's answer to the other region at half load, p50",
        MarkdownTable.number(delays.middle(), 1) + " ms");
    figures.row(
        "writes/s meanwhile, of those due",
        MarkdownTable.number(delays.load().perSecond(), 0)
            + " of "
            + MarkdownTable.number(rate, 0)
            + " ("
            + MarkdownTable.number(delays.load().perSecond() / rate, 2)
            + ")");
    figures.row(
        "writes/s without a replica at the same rate, before and after",
        MarkdownTable.number(before, 0) + ", " + MarkdownTable.number(after, 0));
    Goal.atMost(
            "from a write's answer to the other region at half of the peak write rate, p99",
            LONGEST_DELAY_MILLISECONDS,
            " ms",
            delays.percentile())
        .addTo(goals);
    Goal.atLeast(
            "writes with a replica, over writes without, at half of the peak write rate",
            LEAST_WRITES,
            "",
            delays.load().perSecond() / ((before + after) / 2))
        .addTo(goals);
  }

  /** The region is cut off while others write; its process goes on. */
  private void measureCut(Target here, Path hereFile, URI there, double rate) throws IOException {
    progress.println("a cut");
    peers(hereFile, "");
    LockSupport.parkNanos(RELOAD.toNanos());
    CatchingUp made = missed(here, hereFile, rate, () -> there);
    figures.row("changes made while a region is cut off, and their rate", made.changes());
    figures.row("changes/s while catching up", MarkdownTable.number(made.perSecond(), 0));
    Goal.atLeast(
            "rate of catching up, over the rate at which the changes were made",
            LEAST_CATCHING_UP,
            "",
            made.ratio())
        .addTo(goals);
  }

  /** The region's process is away while others write; then it is started again. */
  private void measureAbsence(Target here, Path hereFile, Path thereFile, Path data, double rate)
      throws IOException {
    progress.println("an absence");
    List<ServerProcess> started = new ArrayList<>();
    try {
      CatchingUp made =
          missed(
              here,
              hereFile,
              rate,
              () -> {
                started.add(other(data, thereFile));
                return started.getLast().endpoint();
              });
      figures.row("changes made while its process is away, and their rate", made.changes());
      figures.row(
          "changes/s while the new process catches up, and over their rate",
          MarkdownTable.number(made.perSecond(), 0) + ", " + MarkdownTable.number(made.ratio(), 2));
    } finally {
      started.forEach(ServerProcess::close);
    }
  }

  /** How a region catches up with changes that it has missed. */
  private record CatchingUp(LoadResult missed, double perSecond) {
    String changes() {
      return missed.finished() + ", " + MarkdownTable.number(missed.perSecond(), 0) + "/s";
    }

    double ratio() {
      return perSecond / missed.perSecond();
    }
  }

  /** Returns the endpoint of the other region's process, which it starts if it does not run. */
  @FunctionalInterface
  private interface Return {
    URI endpoint() throws IOException;
  }

  private CatchingUp missed(Target here, Path hereFile, double rate, Return back)
      throws IOException {
    List<String> first = probes(here).mark();
    LoadResult missed = warm(plan(here, WorkloadKind.PUT_STREAMED, OptionalDouble.of(rate)));
    List<String> last = probes(here).mark();
    URI there = back.endpoint();
    Duration time =
        ReplicaProbes.betweenArrivals(
            there, first, last, () -> peers(hereFile, peer(OtherRegion.NAME, there)));
    return new CatchingUp(missed, missed.finished() * 1e9 / time.toNanos());
  }

  private LoadResult load(LoadPlan plan) throws IOException {
    return LoadRun.run(
        plan.lasting(options.warmUp(), options.duration()), random.split(), LoadRun.Meter.NONE);
  }

  /** Runs a load on servers that are warm: all of its operations count. */
  private LoadResult warm(LoadPlan plan) throws IOException {
    return LoadRun.run(
        plan.lasting(Duration.ZERO, options.duration()), random.split(), LoadRun.Meter.NONE);
  }

  private LoadPlan plan(Target target, WorkloadKind kind, OptionalDouble rate) {
    Plans plans = new Plans(options, options.shape(), options.keys());
    return plans.plan(target, kind, options.clients().getFirst(), Distribution.UNIFORM, rate);
  }
}
