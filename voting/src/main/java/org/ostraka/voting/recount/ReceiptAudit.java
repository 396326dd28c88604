package org.ostraka.voting.recount;

import java.security.PublicKey;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.voting.ballot.Ballot;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
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
  private long lost;
  private long altered;
  private long forged;

  public ReceiptAudit(VoteTable table, Election election, PublicKey key) {
    this.table = table;
    this.election = election;
    this.key = key;
  }

  /** Looks for the ballot of a receipt. */
  public void check(SignedReceipt signed) {
    Receipt receipt = signed.receipt();
    if (!receipt.election().equals(election.id()) || !signed.isSigned(key)) {
      forged++;
      findings.add("receipt of " + receipt.voter() + " is forged: the key did not sign it");
      return;
    }
    Optional<Map<String, AttributeValue>> row =
        table.read(table.regions().getFirst(), Keys.ballot(election, receipt.voter()));
    if (row.isEmpty()) {
      lost++;
      findings.add("the ballot of the receipt of " + receipt.voter() + " is lost");
    } else if (!isOf(receipt, row.get())) {
      altered++;
      findings.add("the ballot of " + receipt.voter() + " is not what its receipt says");
    }
  }

  private boolean isOf(Receipt receipt, Map<String, AttributeValue> row) {
    try {
      return Ballot.of(receipt.voter(), row).receipt(election).equals(receipt);
    } catch (IllegalStateException | DateTimeException damaged) {
      return false;
    }
  }

  public long lost() {
    return lost;
  }

  public long altered() {
    return altered;
  }

  public long forged() {
    return forged;
  }

  /** Returns what was found, a sentence each. */
  public List<String> findings() {
    return findings.listed();
  }
}
