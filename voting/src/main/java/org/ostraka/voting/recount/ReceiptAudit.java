package org.ostraka.voting.recount;

import java.security.PublicKey;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.voting.ballot.Ballot;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.receipt.SignedReceipt;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Compares receipts with the ballots. One thread. */
public final class ReceiptAudit {
  private final VoteTable table;
  private final Election election;
  private final PublicKey key;
  private final Findings findings = new Findings();

  public ReceiptAudit(VoteTable table, Election election, PublicKey key) {
    this.table = table;
    this.election = election;
    this.key = key;
  }

  /** Looks for the ballot of a receipt. */
  public void check(SignedReceipt signed) {
    Receipt receipt = signed.receipt();
    if (!receipt.election().equals(election.id()) || !signed.isSigned(key)) {
      findings.add("receipt of " + receipt.voter() + " is forged: the key did not sign it");
      return;
    }
    Optional<Map<String, AttributeValue>> row =
        table.read(table.regions().getFirst(), Ballot.key(election, receipt));
    if (row.isEmpty()) {
      findings.add(
          Finding.Kind.LOST, "the ballot of the receipt of " + receipt.voter() + " is lost");
    } else if (!isOf(receipt, row.get())) {
      findings.add(
          Finding.Kind.ALTERED,
          "the ballot of " + receipt.voter() + " is not what its receipt says");
    }
  }

  private boolean isOf(Receipt receipt, Map<String, AttributeValue> row) {
    try {
      return Ballot.of(receipt.voter(), row).receipt(election).equals(receipt);
    } catch (IllegalStateException | DateTimeException damaged) {
      return false;
    }
  }

  /** Returns what was found, a sentence each. */
  public List<Finding> findings() {
    return findings.listed();
  }
}
