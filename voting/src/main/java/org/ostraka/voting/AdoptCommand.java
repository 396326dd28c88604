package org.ostraka.voting;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.ostraka.options.Arguments;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.count.Adoption;
import org.ostraka.voting.count.AdoptionReport;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.ReceiptKey;

/**
 * {@code voting adopt}: counts what a region that is lost for good had accepted and not counted.
 */
final class AdoptCommand {
  private static final Option<List<String>> WITHOUT =
      Option.repeatable(
          "--without",
          Kind.text("REGION"),
          "A region that is lost for good: its count is taken over.");
  private static final Option<Path> KEY =
      Option.required(
          "--receipt-key", Kind.path("FILE"), "The key that signs roots of the audit logs.");

  static final Command COMMAND =
      new Command(
          "voting adopt",
          "Counts what a region that is lost for good had accepted and not counted, as far as the"
              + " others have its ballots.",
          List.of(Connections.REGIONS, Connections.TABLE, Connections.ELECTION, WITHOUT, KEY),
          AdoptCommand::run);

  private AdoptCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    return AuditCommand.attempt(
        err,
        () -> {
          VoteTable table = Connections.table(given);
          Set<String> without = Set.copyOf(given.get(WITHOUT));
          Election election = AuditCommand.find(table, given, without);
          Path file = given.get(KEY);
          if (!Files.exists(file)) {
            // A new key would sign what nobody can verify.
            throw new IllegalArgumentException("there is no key in " + file);
          }
          ReceiptKey key = ReceiptKeyFile.open(file);
          AdoptionReport report =
              new Adoption(table, election, without, key, InstantSource.system()).run();
          report.lines().forEach(out::println);
          return report.refusals().isEmpty() ? 0 : 1;
        });
  }
}
