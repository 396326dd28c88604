package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.voterOf;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogHead;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Provable;
import org.ostraka.voting.audit.Publisher;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.audit.Segment;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.receipt.ReceiptKey;
import org.ostraka.voting.receipt.SignedReceipt;
import org.ostraka.voting.recount.Finding;
import org.ostraka.voting.recount.ProofAudit;
import org.ostraka.voting.wire.VotingJson;

/** Nobody is told that a vote is in the count which was taken back after it was counted. */
@Timeout(60)
final class TakenBackTest {
  private static final int SHARD = 0;
  private static final InstantSource CLOCK = InstantSource.fixed(OPENS);

  private final TwoMemories regions = new TwoMemories();
  private final VoteTable table = regions.table();
  private final Election election = regions.declare("e", 2, true);
  private final LogId log = new LogId("e", SHARD, HERE);
  private final AuditLogs logs = new AuditLogs(table.counts(), HERE);
  private final Receipt takenBack = receipt(0);
  private final Receipt kept = receipt(1);
  private LogHead head = LogHead.start(log);

  @TempDir private Path directory;

  @Test
  void thereIsNoProofForIt() throws Exception {
    ReceiptKey key = key();
    append(Entry.Kind.CAST, takenBack);
    append(Entry.Kind.CAST, kept);
    publish(key);
    Roots.Signed last = logs.lastPublication("e", HERE, key.publicKey()).orElseThrow();
    assertThat(new Provable(logs.read(log)).proof(takenBack, last)).isPresent();
    // It need not be published yet that the vote was taken back.
    append(Entry.Kind.SUPERSEDED, takenBack);
    Provable provable = new Provable(logs.read(log));
    assertThat(provable.proof(takenBack, last)).isEmpty();
    assertThat(provable.isTakenBack(takenBack)).isTrue();
    assertThat(provable.proof(kept, last).orElseThrow().holds(kept, key.publicKey())).isTrue();
    assertThat(provable.isTakenBack(kept)).isFalse();
    assertThat(
            new ProofAudit(table, election, key.publicKey())
                .prove(List.of(signed(takenBack, key), signed(kept, key))))
        .containsExactly(
            new Finding(
                Finding.Kind.OTHER,
                "the vote of " + takenBack.voter() + " was taken back, says the audit log"));
  }

  @Test
  void theServerSaysWhatBecameOfIt() throws Exception {
    append(Entry.Kind.CAST, takenBack);
    append(Entry.Kind.CAST, kept);
    append(Entry.Kind.SUPERSEDED, takenBack);
    try (MemorySite site = new MemorySite(regions, directory, CLOCK)) {
      site.publish(election);
      HttpResponse<String> answer = prove(site, takenBack);
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("this vote was taken back");
      assertThat(prove(site, kept).statusCode()).isEqualTo(200);
    }
  }

  private ReceiptKey key() throws Exception {
    return ReceiptKeyFile.open(directory.resolve("receipt-key"));
  }

  private Receipt receipt(int voter) {
    return new Receipt("e", voterOf(election, SHARD, voter), "a", OPENS, HERE, 1);
  }

  private static SignedReceipt signed(Receipt receipt, ReceiptKey key) {
    return new SignedReceipt(receipt, Base64.getEncoder().encodeToString(key.sign(receipt)));
  }

  private void append(Entry.Kind kind, Receipt of) {
    Entry entry = new Entry(kind, of.voter(), of.candidate(), of.cast().toString(), "1");
    Segment segment = Segment.after(log, head, List.of(entry));
    regions.here.write("voting-count", segment.row());
    head = segment.head();
  }

  private void publish(ReceiptKey key) {
    new Publisher(new Elections(table), logs, key, Duration.ZERO, CLOCK, _ -> {}).publish(election);
  }

  private static HttpResponse<String> prove(MemorySite site, Receipt receipt) throws Exception {
    return site.send(
        "/elections/e/proofs", "", VotingJson.receipt(receipt, site.key.sign(receipt)));
  }
}
