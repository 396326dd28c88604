package org.ostraka.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.options.Parameter;
import org.ostraka.server.audit.AuditCheck;
import org.ostraka.server.audit.AuditException;

/** {@code ostraka audit verify DIR}: finds what was changed in an audit log. */
final class AuditCommand {
  private static final Option<Optional<Path>> KEY =
      Option.optional(
          "--key",
          Kind.path("FILE"),
          "The file seal.first of the log, kept elsewhere, with which seals are verified.");

  static final Command COMMAND =
      new Command(
          "ostraka audit verify",
          List.of(
              "Verifies an audit log: finds lines that were changed, removed, put elsewhere or cut"
                  + " off."),
          List.of(new Parameter("DIR", true, "The directory of the audit log.")),
          List.of(KEY),
          AuditCommand::run);

  private static final int FAILED = 1;

  private AuditCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    Path directory =
        Path.of(given.parameter().orElseThrow(() -> new BadArgumentsException("name DIR")));
    try {
      return report(directory, AuditCheck.run(directory, given.get(KEY)), out);
    } catch (AuditException unusable) {
      err.println("ostraka: " + unusable.reason());
      return FAILED;
    } catch (IOException unreadable) {
      err.println("ostraka: " + directory + " cannot be read: " + unreadable);
      return FAILED;
    }
  }

  private static int report(Path directory, AuditCheck.Report report, PrintWriter out) {
    report.problems().forEach(problem -> out.println("problem: " + problem));
    out.printf(
        "%s: %d lines, %d seals%s, %d lines after the last seal, %d problems%n",
        directory,
        report.lines(),
        report.seals(),
        report.sealsVerified() ? " (verified)" : " (not verified: --key)",
        report.unsealed(),
        report.problems().size());
    return report.problems().isEmpty() ? 0 : FAILED;
  }
}
