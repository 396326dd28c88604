package org.ostraka.voting.recount;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Proof;
import org.ostraka.voting.audit.Provable;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.ballot.Ballot;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.receipt.SignedReceipt;

/** Proves for receipts that their ballots are in the published audit logs. Any thread. */
public record ProofAudit(VoteTable table, Election election, PublicKey key) {

  /** Returns what cannot be proved. */
  public List<Finding> prove(List<SignedReceipt> receipts) {
    AuditLogs logs = new AuditLogs(table.counts(), table.regions().getFirst());
    Map<LogId, List<Receipt>> byLog = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (SignedReceipt signed : receipts) {
      Receipt receipt = signed.receipt();
      if (!signed.isSigned(key)) {
        findings.add(
            new Finding(
                Finding.Kind.OTHER, "receipt of " + receipt.voter() + " proves nothing: forged"));
        continue;
      }
      LogId log = new LogId(election.id(), Ballot.shard(election, receipt), receipt.region());
      byLog.computeIfAbsent(log, _ -> new ArrayList<>()).add(receipt);
    }
    byLog.forEach((log, ofLog) -> {
      Optional<Roots.Signed> last = logs.lastPublication(election.id(), log.region(), key);
      Provable provable = new Provable(logs.read(log));
      for (Receipt receipt : ofLog) {
        Optional<Proof> proof = last.flatMap(signed -> provable.proof(receipt, signed));
        if (proof.filter(it -> it.holds(receipt, key)).isEmpty()) {
          findings.add(
              new Finding(
                  Finding.Kind.OTHER,
                  provable.isTakenBack(receipt)
                      ? "the vote of " + receipt.voter() + " was taken back, says the audit log"
                      : "no proof that the vote of " + receipt.voter() + " is in the audit log"));
        }
      }
    });
    return findings;
  }
}
