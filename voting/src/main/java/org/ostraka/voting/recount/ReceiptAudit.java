package org.ostraka.voting.recount;

import java.security.PublicKey;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
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
  private static final int MAX_TOGETHER = 100;

  private final VoteTable table;
  private final Election election;
  private final PublicKey key;
  private final Findings findings = new Findings();
  private final Map<Map<String, AttributeValue>, Receipt> waiting = new LinkedHashMap<>();

  public ReceiptAudit(VoteTable table, Election election, PublicKey key) {
    this.table = table;
    this.election = election;
    this.key = key;
  }

  /** Looks for the ballot of a receipt, together with those of the next ones. */
  public void check(SignedReceipt signed) {
    Receipt receipt = signed.receipt();
    if (!receipt.election().equals(election.id()) || !signed.isSigned(key)) {
      findings.add("receipt of " + receipt.voter() + " is forged: the key did not sign it");
      return;
    }
    Map<String, AttributeValue> ballot = Ballot.key(election, receipt);
    if (waiting.size() == MAX_TOGETHER || waiting.containsKey(ballot)) {
      look();
    }
    waiting.put(ballot, receipt);
  }

  private void look() {
    String region = table.regions().getFirst();
    List<Map<String, AttributeValue>> keys = List.copyOf(waiting.keySet());
    List<Optional<Map<String, AttributeValue>>> rows = table.readEach(region, keys);
    for (int at = 0; at < keys.size(); at++) {
      Map<String, AttributeValue> ballot = keys.get(at);
      // A region need not read at once all that a request asks for.
      compare(
          Optional.ofNullable(waiting.get(ballot)).orElseThrow(),
          rows.get(at).or(() -> table.read(region, ballot)));
    }
    waiting.clear();
  }

  private void compare(Receipt receipt, Optional<Map<String, AttributeValue>> row) {
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
    if (!waiting.isEmpty()) {
      look();
    }
    return findings.listed();
  }
}
