package org.ostraka.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The medians of all rounds as a Markdown table, beside what was hoped for. Immutable. */
record Report(Options options, List<Round> rounds, List<Duration> starts) {

  private static final double GOAL_MANY_CLIENTS = 8;
  private static final double GOAL_HOT_KEY = 5;
  private static final double GOAL_START_SECONDS = 1;

  void print(PrintStream out) {
    out.printf(
        "Medians of %d rounds of %d s each; %d processors; %s.%n%n",
        rounds.size(),
        options.duration().toSeconds(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"));
    out.println("| run | times one client | goal | writes/s | p50 ms | p99 ms |");
    out.println("|---|---:|---:|---:|---:|---:|");
    printRow(out, "disk alone: append 1 KB, sync", Round::sync, "", "");
    printRow(out, "PutItem, 1 client", Round::oneClient, "1.0", "");
    printRow(
        out,
        "PutItem, %d clients, uniform keys".formatted(options.clients()),
        Round::manyClients,
        decimal(median(Round::manyClientsRatio)),
        ">= " + decimal(GOAL_MANY_CLIENTS));
    printRow(
        out,
        "PutItem, %d clients, one hot key".formatted(options.clients()),
        Round::hotKey,
        decimal(median(Round::hotKeyRatio)),
        ">= " + decimal(GOAL_HOT_KEY));
    printStarts(out);
  }

  private void printRow(
      PrintStream out, String name, Function<Round, Measurement> kind, String ratio, String goal) {
    out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %.0f | %.2f | %.2f |%n",
        name,
        ratio,
        goal,
        median(round -> kind.apply(round).requestsPerSecond()),
        median(round -> kind.apply(round).milliseconds(50)),
        median(round -> kind.apply(round).milliseconds(99)));
  }

  private void printStarts(PrintStream out) {
    List<Duration> sorted = starts.stream().sorted().toList();
    out.printf(
        Locale.ROOT,
        "%nStart-up, from the start of the process to its first answer: median of %d: %.2f s"
            + " (%.2f to %.2f s); goal <= %.1f s.%n",
        sorted.size(),
        seconds(sorted.get(sorted.size() / 2)),
        seconds(sorted.getFirst()),
        seconds(sorted.getLast()),
        GOAL_START_SECONDS);
  }

  private double median(ToDoubleFunction<Round> value) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
