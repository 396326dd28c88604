package org.ostraka.voting;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.ostraka.options.Arguments;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.simulate.Cell;
import org.ostraka.voting.simulate.Chart;
import org.ostraka.voting.simulate.Scenario;
import org.ostraka.voting.simulate.Sizing;
import org.ostraka.voting.simulate.Timeline;
import org.ostraka.voting.simulate.Times;

/** {@code voting simulate}: what many cells do, from what one vote costs. */
final class SimulateCommand {
  private static final Option<Double> SERVER =
      Option.withDefault(
          "--server", positive(), "948", "Microseconds of a voting server, for a vote.");
  private static final Option<Double> TURN_AWAY =
      Option.withDefault(
          "--turn-away",
          positive(),
          "90",
          "Microseconds of a voting server, for a vote that it turns away.");
  private static final Option<Double> CAST =
      Option.withDefault(
          "--cast", positive(), "380", "Microseconds of the database at home, for a vote.");
  private static final Option<Double> APPLY =
      Option.withDefault(
          "--apply", positive(), "237", "Microseconds of the database for the copy, for a vote.");
  private static final Option<Double> READ =
      Option.withDefault(
          "--read", positive(), "85", "Microseconds of the database for a look, for a vote.");
  private static final Option<Double> SYNC =
      Option.withDefault("--sync", positive(), "1000", "Microseconds of a sync.");
  private static final Option<Double> BETWEEN =
      Option.withDefault(
          "--between", positive(), "20000", "Microseconds of a message between the regions.");
  private static final Option<Integer> BYTES =
      Option.withDefault(
          "--vote-bytes", Kind.whole("BYTES", 1, 1_000_000), "1500", "Of a vote in one region.");
  private static final Option<Optional<Integer>> CHECK =
      Option.optional(
          "--check",
          Kind.whole("CLIENTS", 1, 200),
          "Simulates voting measure with so many clients on one machine instead.");
  private static final Option<Integer> CHECK_CORES =
      Option.withDefault(
          "--check-cores", Kind.whole("CORES", 1, 1_000), "2", "The cores of that machine.");
  private static final Option<Long> SEED =
      Option.withDefault("--seed", Kind.whole("NUMBER"), "1", "Repeats a simulation.");
  private static final Option<Path> DIRECTORY =
      Option.required("--directory", Kind.path("DIRECTORY"), "Where tables and pictures go.");

  static final Command COMMAND =
      new Command(
          "voting simulate",
          "Simulates 250,000 and 500,000 votes a second, and the loss of a node, zone or region.",
          List.of(
              SERVER,
              TURN_AWAY,
              CAST,
              APPLY,
              READ,
              SYNC,
              BETWEEN,
              BYTES,
              SEED,
              CHECK,
              CHECK_CORES,
              DIRECTORY),
          SimulateCommand::run);

  private static final int SECONDS = 360;
  private static final int QUIET_SECONDS = 20;
  private static final double FAILS_AT = 30;
  private static final double NODE_AFTER = 30;
  private static final double MOVED_AFTER = 90;
  private static final int BYTES_BETWEEN = 900;
  private static final int ZONES = 3;

  /**
   * A simulated cell has so many times fewer cores than a real one, and so many times fewer votes:
   * it waits longer than the real one, and takes as much less time to simulate.
   */
  private static final int SMALLER = 4;

  private SimulateCommand() {}

  private static Kind<Double> positive() {
    return Kind.number("MICROS", "a number above 0", micros -> micros > 0);
  }

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    return AuditCommand.attempt(
        err,
        () -> {
          Times times = times(given);
          Optional<Integer> clients = given.get(CHECK);
          if (clients.isPresent()) {
            out.println(check(times, clients.get(), given));
            return 0;
          }
          StringBuilder text = new StringBuilder();
          sizes(times, given.get(BYTES), text);
          losses(times, given, text);
          use(times, given, text);
          Path file = Files.createDirectories(given.get(DIRECTORY)).resolve("simulation.md");
          var _ = Files.writeString(file, text);
          out.println(text);
          return 0;
        });
  }

  private static String check(Times times, int clients, Arguments given) {
    Cell.Size size = new Cell.Size(given.get(CHECK_CORES), 1, 1, true);
    Timeline timeline = Cell.closed(size, times, clients, QUIET_SECONDS, random(given)).run();
    return String.format(
        Locale.ROOT,
        "%.0f votes a second, p50 %.1f ms, p99 %.1f ms",
        (double) timeline.given() / QUIET_SECONDS,
        timeline.percentileMillis(0.5),
        timeline.percentileMillis(0.99));
  }

  private static RandomGenerator random(Arguments given) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(given.get(SEED));
  }

  private static Times times(Arguments given) {
    return new Times(
        given.get(SERVER) / 1e6,
        given.get(TURN_AWAY) / 1e6,
        given.get(CAST) / 1e6,
        given.get(APPLY) / 1e6,
        given.get(READ) / 1e6,
        given.get(SYNC) / 1e6,
        given.get(BETWEEN) / 1e6);
  }

  private static void sizes(Times times, int bytes, StringBuilder text) {
    text.append("| | 250,000 votes a second | 500,000 votes a second |\n|---|---:|---:|\n");
    Sizing half = new Sizing(250_000, times, bytes, BYTES_BETWEEN);
    Sizing full = new Sizing(500_000, times, bytes, BYTES_BETWEEN);
    row(text, "votes a second of a cell", "%,.0f", half.votesOfCell(), full.votesOfCell());
    row(text, "cells", "%,.0f", half.cells(), full.cells());
    row(text, "database nodes, 16 cores, in two regions", "%,.0f", half.nodes(), full.nodes());
    row(text, "machines of voting servers, 16 cores", "%,.0f", half.servers(), full.servers());
    row(
        text,
        "GB of each node for all votes",
        "%,.1f",
        half.gigabytesOfNode(),
        full.gigabytesOfNode());
    row(
        text,
        "Mbit/s between regions, each way",
        "%,.0f",
        half.megabitsBetween(),
        full.megabitsBetween());
    row(text, "dollars an hour on machines", "%,.0f", half.dollarsOfHour(), full.dollarsOfHour());
    row(
        text,
        "dollars an hour for DynamoDB's write units",
        "%,.0f",
        half.dollarsOfDynamoDb(),
        full.dollarsOfDynamoDb());
    text.append('\n');
  }

  private static void row(
      StringBuilder text, String name, String format, double half, double full) {
    text.append("| ").append(name);
    text.append(String.format(Locale.ROOT, " | " + format + " | " + format + " |%n", half, full));
  }

  /** Simulates losses at half a million votes a second. */
  private static void losses(Times times, Arguments given, StringBuilder text) throws IOException {
    Sizing sizing = new Sizing(500_000, times, given.get(BYTES), BYTES_BETWEEN);
    int cells = sizing.cells();
    List<Scenario> scenarios =
        List.of(
            Scenario.QUIET,
            Scenario.replaced("a node is lost", FAILS_AT, NODE_AFTER),
            Scenario.replaced("a zone is lost", FAILS_AT, NODE_AFTER),
            Scenario.moved("a region is lost", FAILS_AT, MOVED_AFTER));
    int[] hit = {0, 1, (cells + ZONES - 1) / ZONES, cells};
    Timeline healthy = cell(sizing, Scenario.QUIET, SECONDS, given).run();
    List<Chart.Line> lines = new ArrayList<>();
    text.append(
        "| 500,000 votes a second | p50 ms | p99 ms | p99.9 ms | without a receipt at the end |\n");
    text.append("|---|---:|---:|---:|---:|\n");
    for (int at = 0; at < scenarios.size(); at++) {
      Scenario scenario = scenarios.get(at);
      Timeline sum = new Timeline(SECONDS);
      sum.add(healthy, (long) SMALLER * (cells - hit[at]));
      if (hit[at] > 0) {
        sum.add(cell(sizing, scenario, SECONDS, given).run(), (long) SMALLER * hit[at]);
      }
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f | %,.0f | %,.0f | %,d |%n",
              scenario.name(),
              sum.percentileMillis(0.5),
              sum.percentileMillis(0.99),
              sum.percentileMillis(0.999),
              sum.arrived() - sum.given()));
      lines.add(new Chart.Line(scenario.name(), points(sum)));
    }
    text.append('\n');
    draw(
        given,
        "losses.svg",
        new Chart("Receipts while something is lost", "seconds", "receipts a second", lines));
  }

  private static List<Chart.Point> points(Timeline timeline) {
    long[] receipts = timeline.receipts();
    List<Chart.Point> points = new ArrayList<>();
    for (int second = 1; second < receipts.length - 1; second++) {
      points.add(new Chart.Point(second, receipts[second]));
    }
    return points;
  }

  private static Cell cell(Sizing sizing, Scenario scenario, int seconds, Arguments given) {
    double votes = (double) sizing.votesPerSecond() / sizing.cells() / SMALLER;
    return cell(sizing.times(), scenario, votes, seconds, given);
  }

  private static Cell cell(
      Times times, Scenario scenario, double votes, int seconds, Arguments given) {
    int cores = Sizing.CORES / SMALLER;
    double server = votes * times.server() / Sizing.USE;
    // As many places as a real cell's servers have for each vote: two servers, each with its limit.
    Cell.Size size = new Cell.Size(cores, 2, Math.max(1, (int) Math.ceil(server)), false);
    return new Cell(size, times, scenario, votes, seconds, random(given));
  }

  /** Simulates a cell at several rates, to the limit of its nodes. */
  private static void use(Times times, Arguments given, StringBuilder text) throws IOException {
    double limit = Sizing.CORES / times.ofNode();
    List<Chart.Point> middle = new ArrayList<>();
    List<Chart.Point> tail = new ArrayList<>();
    text.append("| votes a second of a cell | p50 ms | p99 ms |\n|---:|---:|---:|\n");
    for (double share : new double[] {0.2, 0.4, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95}) {
      double votes = limit * share;
      Timeline timeline = cell(times, Scenario.QUIET, votes / SMALLER, QUIET_SECONDS, given).run();
      double p50 = timeline.percentileMillis(0.5);
      double p99 = timeline.percentileMillis(0.99);
      middle.add(new Chart.Point(votes, p50));
      tail.add(new Chart.Point(votes, p99));
      text.append(String.format(Locale.ROOT, "| %,.0f | %,.0f | %,.0f |%n", votes, p50, p99));
    }
    draw(
        given,
        "cell.svg",
        new Chart(
            "From a vote to its receipt, two regions",
            "votes a second of a cell of two nodes with 16 cores",
            "milliseconds",
            List.of(new Chart.Line("p50", middle), new Chart.Line("p99", tail))));
  }

  private static void draw(Arguments given, String name, Chart chart) throws IOException {
    Path directory = Files.createDirectories(given.get(DIRECTORY));
    var _ = Files.writeString(directory.resolve(name), chart.svg());
  }
}
