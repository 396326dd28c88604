package org.ostraka.benchmarks.expression;

import java.io.PrintStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link ConditionBenchmark} and prints its medians as a Markdown table. */
public final class ExpressionSpeed {
  private static final String KEPT = "conditionKept";
  private static final double GOAL_MICROSECONDS = 2;

  /** The measured methods and their names in the table, in its order. */
  private static final List<Map.Entry<String, String>> ROWS =
      List.of(
          Map.entry(KEPT, "condition, kept: look up, bind, evaluate"),
          Map.entry("conditionNew", "condition, new: parse, bind, evaluate"),
          Map.entry("conditionBound", "condition: evaluate only"),
          Map.entry("updateKept", "update, kept"),
          Map.entry("projectionKept", "projection, kept"));

  private ExpressionSpeed() {}

  /**
   * Runs with the options of JMH.
   *
   * @throws RunnerException when a measurement fails
   * @throws CommandLineOptionException when there is no such option
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .parent(new CommandLineOptions(arguments))
                    .include(ConditionBenchmark.class.getName())
                    .build())
            .run();
    print(results, System.out);
  }

  private static void print(Collection<RunResult> results, PrintStream out) {
    Map<String, Double> medians = new HashMap<>();
    results.forEach(result ->
        medians.put(result.getParams().getBenchmark().replaceFirst(".*\\.", ""), median(result)));
    BenchmarkParams params = results.iterator().next().getParams();
    out.printf(
        "%nMedians of %d s each, %d times in each of %d JVMs; %d processors; %s.%n%n",
        params.getMeasurement().getTime().convertTo(TimeUnit.SECONDS),
        params.getMeasurement().getCount(),
        params.getForks(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"));
    out.println("| run | times a kept condition | goal | microseconds |");
    out.println("|---|---:|---:|---:|");
    for (Map.Entry<String, String> row : ROWS) {
      double median = medians.getOrDefault(row.getKey(), Double.NaN);
      out.printf(
          Locale.ROOT,
          "| %s | %.2f | %s | %.2f |%n",
          row.getValue(),
          median / medians.getOrDefault(KEPT, Double.NaN),
          row.getKey().equals(KEPT) ? String.format(Locale.ROOT, "<= %.1f", GOAL_MICROSECONDS) : "",
          median / 1_000);
    }
  }

  private static double median(RunResult result) {
    double[] scores =
        result.getBenchmarkResults().stream()
            .flatMap(jvm -> jvm.getIterationResults().stream())
            .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
            .sorted()
            .toArray();
    return scores[scores.length / 2];
  }
}
