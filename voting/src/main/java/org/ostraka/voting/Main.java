package org.ostraka.voting;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Parameter;
import org.ostraka.options.Program;

/** The entry point of the program {@code voting}. */
public final class Main {
  private static final Command NOTHING_NAMED =
      new Command(
          "voting",
          List.of("A voting system on DynamoDB."),
          List.of(new Parameter("COMMAND", false, "The command to run; see COMMAND --help.")),
          List.of(),
          (given, _, _) -> refuse(given));

  private static final Program VOTING =
      new Program(
          "voting",
          Optional.empty(),
          NOTHING_NAMED,
          List.of(
              DeclareCommand.COMMAND,
              ServeCommand.COMMAND,
              CountCommand.COMMAND,
              DemoCommand.COMMAND,
              LoadCommand.COMMAND,
              VerifyCommand.COMMAND,
              MeasureCommand.COMMAND,
              SimulateCommand.COMMAND,
              AuditCommand.AUDIT,
              AuditCommand.CERTIFY,
              MonitorCommand.COMMAND,
              LeaseCommands.KEEP,
              LeaseCommands.MOVE,
              StateCommands.OPEN,
              StateCommands.CLOSE,
              StateCommands.CORRECT,
              AdoptCommand.COMMAND));

  private Main() {}

  /** Runs a command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    NativeSignatures.prefer();
    // Otherwise the JDK's server sends a head and its body in two packets, and waits between them.
    String _ = System.setProperty("sun.net.httpserver.nodelay", "true");
    // Nor does it end a connection that sends or reads too slowly, unless it is told to: seconds.
    String _ = System.setProperty("sun.net.httpserver.maxReqTime", "30");
    // Browsers that watch results connect again by themselves.
    String _ = System.setProperty("sun.net.httpserver.maxRspTime", "600");
    System.exit(run(arguments, writer(System.out), writer(System.err)));
  }

  /** Runs a command and returns its exit status. */
  static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    return VOTING.run(arguments, out, err);
  }

  private static int refuse(Arguments given) {
    String wish = given.parameter().map(word -> ", not " + word).orElse("");
    throw new BadArgumentsException("name a command; voting --help lists them" + wish);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }
}
