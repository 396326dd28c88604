package org.ostraka.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line's entry. */
@Command(
    name = "ostraka",
    description = "The open DynamoDB that you own.",
    subcommands = {ServeCommand.class, CheckCommand.class, VersionCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main implements Runnable {
  private static final int BAD_OPTIONS = 2;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs a command, and ends the process with its exit status. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, writer(System.out), writer(System.err)));
  }

  /**
   * Runs a command and returns its exit status: 0 for success, 1 for failure, 2 for bad options.
   */
  static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::badOptions)
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: serve, check or version");
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  private static int badOptions(ParameterException problem, String[] arguments) {
    String line = String.valueOf(problem.getMessage()).lines().findFirst().orElse("bad options");
    problem.getCommandLine().getErr().println("ostraka: " + line + " (--help tells more)");
    return BAD_OPTIONS;
  }
}
