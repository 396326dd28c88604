package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.CLOSES;
import static org.ostraka.voting.TwoMemories.HERE;

import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogHead;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Publisher;
import org.ostraka.voting.audit.Segment;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.ReceiptKey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An election whose rows cannot be read stops neither the sealing nor the publishing of others. */
final class BrokenElectionTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(CLOSES.plus(Leases.GRACE).plusMillis(1));

  private final TwoMemories regions = new TwoMemories();
  private final VoteTable table = regions.table();
  private final Elections elections = new Elections(table);

  @BeforeEach
  void declare() {
    Map<String, AttributeValue> broken = new HashMap<>(Keys.election("a-broken-one", 1));
    broken.put("candidates", Attributes.of("no list"));
    regions.here.write("voting", broken);
    regions.here.write(
        "voting", Map.of("PK", Attributes.of("ELECTIONS"), "SK", Attributes.of("a-broken-one")));
    var _ = regions.declare("e", 2, false);
  }

  @Test
  void othersAreSealed() {
    new Sealer(elections, new Leases(table), CLOCK, BrokenElectionTest::interrupt).run();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Lease.of(regions.here.row("voting", Keys.lease("e", 0))).isSealed()).isTrue();
    assertThat(Lease.of(regions.there.row("voting", Keys.lease("e", 1))).isSealed()).isTrue();
  }

  @Test
  void othersArePublished() throws Exception {
    LogId log = new LogId("e", 0, HERE);
    Entry entry = new Entry(Entry.Kind.CAST, "v", "a", "2026-11-01T09:00:00Z", "1");
    var segment = Segment.after(log, LogHead.start(log), List.of(entry));
    regions.here.write("voting-count", segment.row());
    ReceiptKey key = new ReceiptKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    AuditLogs logs = new AuditLogs(table.counts(), HERE);
    new Publisher(elections, logs, key, Duration.ZERO, CLOCK, BrokenElectionTest::interrupt).run();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(logs.lastPublication("e", HERE, key.publicKey())).isPresent();
  }

  private static void interrupt(Duration pause) {
    Thread.currentThread().interrupt();
  }
}
