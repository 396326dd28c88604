package org.ostraka.voting.recount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.OPENS;

import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.ballot.Ballot;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.receipt.ReceiptKey;
import org.ostraka.voting.receipt.SignedReceipt;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Receipts whose ballots are read a hundred in a request. */
final class ReceiptAuditTest {
  private static final int VOTERS = 250;

  private final TwoMemories regions = new TwoMemories();
  private final Election election = regions.declare("e", 4, false);
  private final ReceiptKey key;

  ReceiptAuditTest() throws Exception {
    key = new ReceiptKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
  }

  @Test
  void allThatDiffersIsNamedAndWhatARequestLeavesOutIsReadAgain() {
    List<SignedReceipt> receipts = new ArrayList<>();
    for (int number = 0; number < VOTERS; number++) {
      receipts.add(cast("voter-" + number));
    }
    // Ledgers have receipts of votes that were sent twice.
    receipts.add(receipts.get(VOTERS - 1));
    receipts.add(receipts.get(0));
    SignedReceipt lost = signed(receipt("nobody"));
    receipts.add(lost);
    write("voter-7", "b");
    SignedReceipt forged = new SignedReceipt(receipt("voter-8"), receipts.get(9).signature());
    receipts.add(forged);
    regions.here.readAtMost(60);

    ReceiptAudit audit = new ReceiptAudit(regions.table(), election, key.publicKey());
    receipts.forEach(audit::check);

    assertThat(audit.findings())
        .containsExactlyInAnyOrder(
            new Finding(Finding.Kind.LOST, "the ballot of the receipt of nobody is lost"),
            new Finding(Finding.Kind.ALTERED, "the ballot of voter-7 is not what its receipt says"),
            new Finding(
                Finding.Kind.OTHER, "receipt of voter-8 is forged: the key did not sign it"));
    assertThat(audit.findings()).as("asked once more").hasSize(3);
  }

  @Test
  void aHundredReceiptsAreOneRequest() {
    ReceiptAudit audit = new ReceiptAudit(regions.table(), election, key.publicKey());
    for (int number = 0; number < VOTERS; number++) {
      audit.check(cast("voter-" + number));
    }
    assertThat(audit.findings()).isEmpty();
    assertThat(regions.here.reads()).extracting(List::size).containsExactly(100, 100, 50);
  }

  private SignedReceipt cast(String voter) {
    write(voter, "a");
    return signed(receipt(voter));
  }

  private Receipt receipt(String voter) {
    return new Ballot(voter, "a", OPENS, lease(voter)).receipt(election);
  }

  private Lease lease(String voter) {
    return new Lease(election.homeOf(election.shardOf(voter)), 1);
  }

  private SignedReceipt signed(Receipt receipt) {
    return new SignedReceipt(receipt, Base64.getEncoder().encodeToString(key.sign(receipt)));
  }

  private void write(String voter, String candidate) {
    Map<String, AttributeValue> row = new HashMap<>(Keys.ballot(election, voter));
    row.putAll(lease(voter).attributes());
    row.put(Ballot.CANDIDATE, Attributes.of(candidate));
    row.put(Ballot.CAST, Attributes.of(OPENS.toString()));
    regions.here.write("voting", row);
  }
}
