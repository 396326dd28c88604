package org.ostraka.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Parameter;
import org.ostraka.options.Program;

/** The entry point of the program {@code ostraka}. */
public final class Main {
  private static final String SERVE = "serve";

  private static final Command NOTHING_NAMED =
      new Command(
          "ostraka",
          List.of("The open DynamoDB that you own."),
          List.of(new Parameter("COMMAND", false, "The command to run; see COMMAND --help.")),
          List.of(),
          (given, _, _) -> refuse(given));

  private Main() {}

  /** Returns the program with every command that it has. */
  private static Program everyCommand() {
    return program(
        List.of(
            ServeCommand.COMMAND,
            CheckCommand.COMMAND,
            AuditCommand.COMMAND,
            BackupCommand.CREATE,
            BackupCommand.LIST,
            BackupCommand.DESCRIBE,
            BackupCommand.DELETE,
            BackupCommand.RESTORE,
            BackupCommand.LISTED,
            ExportCommand.COMMAND,
            ImportCommand.COMMAND,
            CopyCommand.COMMAND,
            QueryCommand.COMMAND,
            RegionsCommand.COMMAND,
            HotCommand.COMMAND,
            AdviseCommand.COMMAND,
            IamCommand.LISTED,
            VersionCommand.COMMAND));
  }

  private static Program program(List<Command> commands) {
    return new Program("ostraka", Optional.of(Version::text), NOTHING_NAMED, commands);
  }

  /** Runs a command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    LogProvider.choose();
    System.exit(run(arguments, writer(System.out), writer(System.err)));
  }

  /**
   * Runs a command and returns its exit status: 0 for success, 1 for failure, 2 for bad options.
   */
  public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    String word = arguments.length > 0 ? arguments[0] : "";
    if (word.equals(IamCommand.WORD)) {
      return IamCommand.run(arguments, out, err);
    }
    // A server starts sooner without the classes of the other commands.
    Program program = word.equals(SERVE) ? program(List.of(ServeCommand.COMMAND)) : everyCommand();
    return program.run(arguments, out, err);
  }

  private static int refuse(Arguments given) {
    String wish = given.parameter().map(word -> ", not " + word).orElse("");
    throw new BadArgumentsException(
        "name a command: serve, check, audit verify, backup, export, import, copy, query, regions,"
            + " hot, advise, iam or version"
            + wish);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }
}
