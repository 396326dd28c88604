package org.ostraka.voting;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.SignedReceipt;
import org.ostraka.voting.recount.Auditor;
import org.ostraka.voting.recount.Finding;
import org.ostraka.voting.recount.ProofAudit;
import org.ostraka.voting.recount.ReceiptAudit;
import org.ostraka.voting.recount.Recount;
import org.ostraka.voting.wire.ReceiptJson;

/** {@code voting verify}: compares ledgers of receipts with ballots, tallies and audit logs. */
final class VerifyCommand {
  private static final Option<List<String>> LEDGERS =
      Option.repeatable("--ledger", Kind.text("FILE"), "A ledger of receipts, a line each.");
  private static final Option<Integer> PROOFS =
      Option.withDefault(
          "--proofs",
          Kind.whole("RECEIPTS", 0, 10_000_000),
          "10000",
          "For how many receipts the inclusion in the audit log is proved.");

  static final Command COMMAND =
      new Command(
          "voting verify",
          "Compares ledgers with ballots, tallies and audit logs; lost, doubled, altered must be"
              + " 0.",
          List.of(
              Connections.REGIONS,
              Connections.TABLE,
              Connections.ELECTION,
              AuditCommand.KEY,
              LEDGERS,
              PROOFS),
          VerifyCommand::run);

  private static final int FAILED = 1;

  private VerifyCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    if (given.get(LEDGERS).isEmpty()) {
      throw new BadArgumentsException("--ledger is missing");
    }
    return AuditCommand.attempt(
        err,
        () -> {
          VoteTable table = Connections.table(given);
          Election election = AuditCommand.find(table, given);
          PublicKey key = ReceiptKeyFile.publicKey(given.get(AuditCommand.KEY));
          List<Finding> findings = new ArrayList<>();
          List<SignedReceipt> receipts = receipts(given.get(LEDGERS), election, findings);
          ReceiptAudit ballots = new ReceiptAudit(table, election, key);
          receipts.forEach(ballots::check);
          findings.addAll(ballots.findings());
          Recount recount = new Auditor(table, election, key).audit();
          findings.addAll(recount.findings());
          int proofs = Math.min(given.get(PROOFS), receipts.size());
          findings.addAll(new ProofAudit(table, election, key).prove(sample(receipts, proofs)));
          findings.forEach(finding -> out.println(finding.text()));
          out.println("Receipts: " + receipts.size() + ", proofs of inclusion tried: " + proofs);
          out.println("Ballots:    " + recount.ballots());
          out.println("Audit logs: " + recount.logged());
          out.println("Tallies:    " + recount.tallied());
          recount.remarks().forEach(out::println);
          out.printf(
              "lost %d, doubled %d, altered %d, other differences %d%n",
              count(findings, Finding.Kind.LOST),
              count(findings, Finding.Kind.DOUBLED),
              count(findings, Finding.Kind.ALTERED),
              count(findings, Finding.Kind.OTHER));
          return findings.isEmpty() ? 0 : FAILED;
        });
  }

  private static long count(List<Finding> findings, Finding.Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }

  /** Reads the receipts of an election; names voters with two that differ. */
  private static List<SignedReceipt> receipts(
      List<String> ledgers, Election election, List<Finding> findings) throws IOException {
    Map<String, SignedReceipt> byVoter = new HashMap<>();
    for (String ledger : ledgers) {
      try (Stream<String> lines = Files.lines(Path.of(ledger))) {
        lines.forEach(line -> {
          Optional<SignedReceipt> read = ReceiptJson.read(line.getBytes(StandardCharsets.UTF_8));
          if (read.isEmpty()) {
            findings.add(new Finding(Finding.Kind.OTHER, "a line is no receipt: " + line));
          }
          read.filter(receipt -> receipt.receipt().election().equals(election.id()))
              .ifPresent(receipt -> add(receipt, byVoter, findings));
        });
      }
    }
    return List.copyOf(byVoter.values());
  }

  private static void add(
      SignedReceipt receipt, Map<String, SignedReceipt> byVoter, List<Finding> findings) {
    String voter = receipt.receipt().voter();
    SignedReceipt before = byVoter.putIfAbsent(voter, receipt);
    if (before != null && !before.equals(receipt)) {
      findings.add(new Finding(Finding.Kind.DOUBLED, voter + " has two receipts that differ"));
    }
  }

  /** Returns as many receipts as wanted, spread evenly. */
  private static List<SignedReceipt> sample(List<SignedReceipt> receipts, int wanted) {
    List<SignedReceipt> sample = new ArrayList<>();
    for (long taken = 0; taken < wanted; taken++) {
      sample.add(receipts.get(Math.toIntExact(taken * receipts.size() / wanted)));
    }
    return sample;
  }
}
