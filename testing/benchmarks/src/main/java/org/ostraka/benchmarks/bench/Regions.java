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
        writes = measureWrites(here, there.endpoint());
        measureDelay(here, there.endpoint(), writes.alone() / 2);
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

  private Writes measureWrites(Target here, URI there) throws IOException {
    Plans plans = new Plans(options, options.shape(), options.keys());
    List<Writes> rounds = new ArrayList<>();
    for (int round = -1; round < options.rounds(); round++) { // the first one warms up
      progress.println("writes, round " + round);
      double alone = load(plan(here, plans, WorkloadKind.PUT, OptionalDouble.empty())).perSecond();
      long start = System.nanoTime();
      LoadResult replicated =
          load(plan(here, plans, WorkloadKind.PUT_STREAMED, OptionalDouble.empty()));
      ReplicaProbes.await(there, probes(here).mark());
      double seconds = (System.nanoTime() - start) / 1e9;
      if (round >= 0) {
        rounds.add(
            new Writes(
                alone,
                replicated.perSecond(),
                replicated.perSecond() / alone,
                replicated.finished() / seconds));
      }
    }
    Writes middle =
        new Writes(
            Medians.of(rounds.stream().mapToDouble(Writes::alone)),
            Medians.of(rounds.stream().mapToDouble(Writes::replicated)),
            Medians.of(rounds.stream().mapToDouble(Writes::ratio)),
            Medians.of(rounds.stream().mapToDouble(Writes::arriving)));
    figures.row("PutItem/s without a replica", MarkdownTable.number(middle.alone(), 0));
    figures.row("PutItem/s with a replica", MarkdownTable.number(middle.replicated(), 0));
    figures.row(
        "changes/s that arrive in the other region, until the last one has",
        MarkdownTable.number(middle.arriving(), 0));
    figures.row(
        "writes with a replica, over writes without, at full load",
        MarkdownTable.number(middle.ratio(), 2));
    return middle;
  }

  private void measureDelay(Target here, URI there, double rate) throws IOException {
    progress.println("the delay at half of the peak write rate");
    Plans plans = new Plans(options, options.shape(), options.keys());
    ReplicaProbes.Delays delays =
        probes(here)
            .under(
                plan(here, plans, WorkloadKind.PUT_STREAMED, OptionalDouble.of(rate)),
                random.split(),
                there);
    figures.row(
        "from a write's answer to the other region at half load, p50",
        MarkdownTable.number(delays.middle(), 1) + " ms");
    figures.row(
        "writes/s meanwhile, of those due",
        MarkdownTable.number(delays.load().perSecond(), 0)
            + " of "
            + MarkdownTable.number(rate, 0));
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
            delays.load().perSecond() / rate)
        .addTo(goals);
  }

  /** The region is away while others write; then it is started again. */
  private void measureAbsence(Target here, Path hereFile, Path thereFile, Path data, double rate)
      throws IOException {
    progress.println("an absence");
    List<String> first = probes(here).mark();
    Plans plans = new Plans(options, options.shape(), options.keys());
    LoadResult missed = load(plan(here, plans, WorkloadKind.PUT_STREAMED, OptionalDouble.of(rate)));
    List<String> last = probes(here).mark();
    try (ServerProcess there = other(data, thereFile)) {
      Duration catchingUp =
          ReplicaProbes.betweenArrivals(
              there.endpoint(),
              first,
              last,
              () -> peers(hereFile, peer(OtherRegion.NAME, there.endpoint())));
      double perSecond = missed.finished() * 1e9 / catchingUp.toNanos();
      figures.row(
          "changes made during an absence, and their rate",
          missed.finished() + ", " + MarkdownTable.number(missed.perSecond(), 0) + "/s");
      figures.row("changes/s while catching up", MarkdownTable.number(perSecond, 0));
      Goal.atLeast(
              "rate of catching up, over the rate at which the changes were made",
              LEAST_CATCHING_UP,
              "",
              perSecond / missed.perSecond())
          .addTo(goals);
    }
  }

  private LoadResult load(LoadPlan plan) throws IOException {
    return LoadRun.run(
        plan.lasting(options.warmUp(), options.duration()), random.split(), LoadRun.Meter.NONE);
  }

  private LoadPlan plan(Target target, Plans plans, WorkloadKind kind, OptionalDouble rate) {
    return plans.plan(target, kind, options.clients().getFirst(), Distribution.UNIFORM, rate);
  }
}
