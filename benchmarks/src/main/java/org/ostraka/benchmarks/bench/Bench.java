package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ostraka.benchmarks.Directories;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code bin/ostraka bench}: measures servers of the API side by side. */
@Command(
    name = "ostraka bench",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    customSynopsis = "bin/ostraka bench [goals] [options]",
    description = {
      "Measures Ostraka beside other servers of the API, and beside what it stands on.",
      "It starts its own servers on data directories that it removes. Only ratios within one run"
          + " mean anything. Any answer that is no success ends the run with status 1."
    })
public final class Bench implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int BAD_OPTIONS = 2;
  private static final String GOALS = "goals";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = GOALS,
      description =
          "Measures what the project wants to reach, and prints each goal beside its figure: with"
              + " dynalite and both limits, uniform keys, the first of --clients; --workloads,"
              + " --distribution and --rate do not matter.")
  private Optional<String> what = Optional.empty();

  @Mixin private BenchOptions options = new BenchOptions();

  /** Runs it, and ends the process: 0 when all was measured, 1 when not, 2 for bad options. */
  public static void main(String[] arguments) {
    System.exit(
        run(
            new Bench(),
            arguments,
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
  }

  /** Runs the command with its output here; results go to standard output all the same. */
  static int run(Bench bench, String[] arguments, PrintWriter out, PrintWriter err) {
    return new CommandLine(bench)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Bench::badOptions)
        .execute(arguments);
  }

  @Override
  @SuppressWarnings("SystemOut")
  public Integer call() {
    checkOptions();
    try {
      measure(System.out, System.err);
      return 0;
    } catch (IOException failure) {
      spec.commandLine().getErr().println("ostraka bench: " + failure.getMessage());
      return FAILED;
    }
  }

  private void checkOptions() {
    options.check();
    if (what.isPresent() && !what.get().equals(GOALS)) {
      throw new ParameterException(
          spec.commandLine(), "there is only 'goals' to name, not '" + what.get() + "'");
    }
    if (what.isPresent() && !options.wantsOstraka()) {
      throw new ParameterException(spec.commandLine(), "goals are Ostraka's: not --no-ostraka");
    }
  }

  private void measure(PrintStream out, PrintStream progress) throws IOException {
    Files.createDirectories(options.data());
    Path scratch = Files.createTempDirectory(options.data(), "bench");
    try {
      Servers servers = new Servers(options, scratch);
      Output output = new Output(out, options.out());
      if (what.isPresent()) {
        new Goals(options, servers, output, progress).run();
      } else {
        new Comparison(options, servers, output, progress).run();
      }
    } finally {
      Directories.delete(scratch);
    }
  }

  private static int badOptions(ParameterException problem, String[] arguments) {
    String line = String.valueOf(problem.getMessage()).lines().findFirst().orElse("bad options");
    problem.getCommandLine().getErr().println("ostraka bench: " + line + " (--help tells more)");
    return BAD_OPTIONS;
  }
}
