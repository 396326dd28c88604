package org.ostraka.voting;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ostraka.options.Arguments;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.State;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.SignedReceipt;
import org.ostraka.voting.recount.Auditor;
import org.ostraka.voting.recount.Finding;
import org.ostraka.voting.recount.PublishedAudit;
import org.ostraka.voting.recount.ReceiptAudit;
import org.ostraka.voting.recount.Recount;
import org.ostraka.voting.recount.Scope;
import org.ostraka.voting.wire.ReceiptJson;
import org.ostraka.voting.wire.RootJson;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code voting audit} recounts an election; {@code voting certify} certifies it afterwards. */
final class AuditCommand {
  static final Option<Path> KEY =
      Option.required(
          "--public-key",
          Kind.path("FILE"),
          "The public key of receipts and roots, in Base64 on its last line.");
  private static final Option<Optional<Path>> RECEIPTS =
      Option.optional(
          "--receipts", Kind.path("FILE"), "Receipts to compare with the ballots, a line each.");

  private static final Option<List<String>> ROOTS =
      Option.repeatable(
          "--roots",
          Kind.text("FILE"),
          "What GET /elections/ID/roots answered at some time, kept elsewhere.");
  private static final Option<Optional<String>> REASON =
      Option.optional(
          "--reason", Kind.text("TEXT"), "Why a certified election is certified once more.");

  static final Command AUDIT =
      new Command(
          "voting audit",
          "Recounts from ballots, audit logs and published roots; names what differs.",
          List.of(
              Connections.REGIONS,
              Connections.TABLE,
              Connections.ELECTION,
              Connections.WITHOUT,
              KEY,
              RECEIPTS,
              ROOTS),
          AuditCommand::audit);
  static final Command CERTIFY =
      new Command(
          "voting certify",
          "Certifies a closed election whose audit finds no difference.",
          List.of(Connections.REGIONS, Connections.TABLE, Connections.ELECTION, KEY, REASON),
          AuditCommand::certify);

  private static final int FAILED = 1;

  private AuditCommand() {}

  private static int audit(Arguments given, PrintWriter out, PrintWriter err) {
    return attempt(
        err,
        () -> {
          VoteTable table = Connections.table(given);
          Set<String> without = Set.copyOf(given.get(Connections.WITHOUT));
          Election election = find(table, given, without);
          Scope scope = new Scope(election, without);
          PublicKey key = ReceiptKeyFile.publicKey(given.get(KEY));
          List<String> findings = new ArrayList<>(recount(table, scope, key, out));
          Optional<Path> receipts = given.get(RECEIPTS);
          if (receipts.isPresent()) {
            ReceiptAudit audit = new ReceiptAudit(table, election, key);
            findings.addAll(check(receipts.get(), audit));
          }
          for (String file : given.get(ROOTS)) {
            findings.addAll(published(Path.of(file), new PublishedAudit(table, scope, key)));
          }
          findings.forEach(out::println);
          out.println(findings.isEmpty() ? "No difference." : "Differences found.");
          if (!without.isEmpty()) {
            out.println("The audit is not whole: it had to do without " + without + ".");
          }
          return findings.isEmpty() && without.isEmpty() ? 0 : FAILED;
        });
  }

  private static int certify(Arguments given, PrintWriter out, PrintWriter err) {
    return attempt(
        err,
        () -> {
          VoteTable table = Connections.table(given);
          Election election = find(table, given);
          Instant now = InstantSource.system().instant();
          Optional<String> reason = given.get(REASON);
          State needed = reason.isPresent() ? State.CERTIFIED : State.CLOSED;
          if (election.state(now) != needed
              || !new Tallies(table.counts()).of(election).isComplete()) {
            err.println(
                reason.isPresent()
                    ? "voting: the election is not certified yet, or not all shards are counted"
                    : "voting: the election is not closed, or not all shards are counted");
            return FAILED;
          }
          List<String> findings =
              recount(table, Scope.whole(election), ReceiptKeyFile.publicKey(given.get(KEY)), out);
          findings.forEach(out::println);
          if (!findings.isEmpty()) {
            err.println("voting: not certified");
            return FAILED;
          }
          String result =
              reason.map(why -> "corrected (" + why + "), ").orElse("")
                  + "audited: "
                  + new Tallies(table.counts()).of(election).byRegion();
          boolean isNew = new Elections(table).add(election.certified(), result, now);
          out.println(isNew ? "Certified: " + election.id() : "Another operator was faster.");
          return isNew ? 0 : FAILED;
        });
  }

  /** Audits, prints the numbers, and returns the findings. */
  private static List<String> recount(
      VoteTable table, Scope scope, PublicKey key, PrintWriter out) {
    Recount recount = new Auditor(table, scope, key).audit();
    out.println("Ballots:    " + recount.ballots());
    out.println("Audit logs: " + recount.logged());
    out.println("Tallies:    " + recount.tallied());
    out.println("Publications of roots: " + recount.publications());
    recount.remarks().forEach(out::println);
    List<String> findings =
        new ArrayList<>(recount.findings().stream().map(Finding::text).toList());
    if (recount.more() > 0) {
      findings.add("and " + recount.more() + " more");
    }
    return findings;
  }

  /** Reads publications that were kept, and returns the findings. */
  private static List<String> published(Path file, PublishedAudit audit) throws IOException {
    return RootJson.read(Files.readAllBytes(file))
        .map(kept -> audit.compare(kept).stream().map(Finding::text).toList())
        .orElseGet(() -> List.of(file + " has no publications of roots"));
  }

  /** Reads receipts, a line each, and returns the findings. */
  private static List<String> check(Path receipts, ReceiptAudit audit) throws IOException {
    List<String> malformed = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(receipts)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        Optional<SignedReceipt> receipt = ReceiptJson.read(line.getBytes(StandardCharsets.UTF_8));
        receipt.ifPresent(audit::check);
        if (receipt.isEmpty()) {
          malformed.add("line " + number + " of " + receipts + " is no receipt");
        }
      }
    }
    audit.findings().forEach(finding -> malformed.add(finding.text()));
    return malformed;
  }

  static Election find(VoteTable table, Arguments given) {
    return find(table, given, Set.of());
  }

  /** Returns the election as its first region has it that is not given up. */
  static Election find(VoteTable table, Arguments given, Set<String> without) {
    Election election =
        new Elections(table, without)
            .findToChange(given.get(Connections.ELECTION))
            .orElseThrow(() -> new IllegalArgumentException("no such election"));
    if (!election.regions().containsAll(without)) {
      throw new IllegalArgumentException(
          "--without names a region that is none of " + election.regions());
    }
    return election;
  }

  /** Work that ends with an exit status. */
  @FunctionalInterface
  interface Work {
    int run() throws IOException, InterruptedException;
  }

  static int attempt(PrintWriter err, Work work) {
    try {
      return work.run();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return FAILED;
    } catch (SdkException
        | IOException
        | IllegalArgumentException
        | IllegalStateException refused) {
      // A refused connection has no message.
      err.println("voting: " + Optional.ofNullable(refused.getMessage()).orElse("" + refused));
      return FAILED;
    }
  }
}
