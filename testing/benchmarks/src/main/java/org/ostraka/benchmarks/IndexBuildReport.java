package org.ostraka.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the addition of an index took, and what writes noticed of it. Immutable. */
record IndexBuildReport(
    IndexBuildOptions options,
    Duration timeToActive,
    List<BuildProgress.Sample> samples,
    Measurement before,
    Measurement during,
    Measurement after) {

  private static final double MILLIS = 1e3;

  void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%d items, %d clients that write; before and after %d s each; %d processors; %s.%n%n",
        options.items(),
        options.clients(),
        options.window().toSeconds(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"));
    out.println(
        "| writes | times before | writes/s | p50 ms | p99 ms | p99, times before | max ms |");
    out.println("|---|---:|---:|---:|---:|---:|---:|");
    printRow(out, "before the index", before);
    printRow(out, "while it is built", during);
    printRow(out, "with the index", after);
    double seconds = timeToActive.toMillis() / MILLIS;
    out.printf(
        Locale.ROOT,
        "%nFrom UpdateTable to ACTIVE: %.1f s, %.0f items/s. The index has as many items as the"
            + " table.%n",
        seconds,
        options.items() / seconds);
    printProgress(out);
  }

  private void printRow(PrintStream out, String name, Measurement measured) {
    out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.0f | %.2f | %.2f | %.2f | %.0f |%n",
        name,
        measured.requestsPerSecond() / before.requestsPerSecond(),
        measured.requestsPerSecond(),
        measured.milliseconds(50),
        measured.milliseconds(99),
        measured.milliseconds(99) / before.milliseconds(99),
        measured.milliseconds(100));
  }

  /** When DescribeTable said that the index had so many parts of four of the items. */
  private void printProgress(PrintStream out) {
    out.printf("DescribeTable was asked %d times while the index was CREATING;", samples.size());
    for (int quarter = 1; quarter <= 3; quarter++) {
      long wanted = (long) options.items() * quarter / 4;
      String when =
          samples.stream()
              .filter(sample -> sample.items() >= wanted)
              .findFirst()
              .map(sample -> "%.1f s".formatted(sample.since().toMillis() / MILLIS))
              .orElse("never");
      out.printf(" %d %% of the items: %s%s", quarter * 25, when, quarter < 3 ? "," : ".\n");
    }
  }
}
