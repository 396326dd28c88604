package org.ostraka.voting.recount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.Hash;
import org.ostraka.voting.audit.LogHead;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.ReadLog;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.audit.Segment;
import org.ostraka.voting.audit.ShardRoot;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.receipt.ReceiptKey;

/** Published roots, compared with a log as it is now. */
final class RootsAuditTest {
  private static final int SHARD = 0;

  private final TwoMemories regions = new TwoMemories();
  private final Election election = regions.declare("e", 2, false);
  private final LogId log = new LogId("e", SHARD, HERE);
  private final ReceiptKey key = key();
  private final List<Roots.Signed> publications = new ArrayList<>();

  private static ReceiptKey key() {
    try {
      return new ReceiptKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Test
  void aLogWhoseRootsWerePublishedAsItGrewHasNoDifference() {
    for (int records : new int[] {0, 1, 3, 3, 8, 20}) {
      publish(head("a", records));
    }
    assertThat(findings(entries("a", 20))).isEmpty();
    assertThat(findings(entries("a", 21)))
        .containsExactly(ofLog("its last records are not published yet"));
  }

  @Test
  void theFirstPublicationThatDiffersIsNamed() {
    publish(head("a", 2));
    publish(head("a", 5));
    publish(head("a", 9));
    List<Entry> altered = new ArrayList<>(entries("a", 9));
    altered.set(3, entries("b", 9).get(3));
    assertThat(findings(altered))
        .containsExactly(ofLog("its first 5 records are not those of publication 2 of " + HERE));
  }

  @Test
  void anotherRootOfTheSameSizeIsNamed() {
    publish(head("a", 4));
    publish(head("b", 4));
    publish(head("a", 4));
    assertThat(findings(entries("a", 4)))
        .containsExactly(ofLog("its first 4 records are not those of publication 2 of " + HERE));
  }

  @Test
  void aRootThatBeginsLikeTheRightOneIsNamed() {
    ShardRoot right = head("a", 4);
    byte[] root = right.root().bytes();
    root[root.length - 1] ^= 1;
    publish(new ShardRoot(4, Hash.of(root)));
    assertThat(findings(entries("a", 4)))
        .containsExactly(ofLog("its records are not those of the publications"));
  }

  @Test
  void recordsThatAreMissingAreNamed() {
    publish(head("a", 3));
    publish(head("a", 7));
    assertThat(findings(entries("a", 5)))
        .containsExactly(
            ofLog("has 5 records, publication 2 of " + HERE + " has 7: records are missing"));
  }

  @Test
  void aPublicationWithFewerRecordsThanTheOneBeforeIsNamed() {
    publish(head("a", 7));
    publish(head("a", 3));
    assertThat(findings(entries("a", 7)))
        .containsExactly(
            "publication 2 of "
                + HERE
                + " has 3 records in the log of shard 0: the log had 7 records before");
  }

  private static String ofLog(String finding) {
    return "log of shard 0 in " + HERE + ": " + finding;
  }

  /** Publishes a state of the log, while that of the other shard is empty. */
  private void publish(ShardRoot state) {
    Hash previous =
        publications.isEmpty() ? Hash.ofText("") : publications.getLast().roots().hash();
    Roots roots =
        new Roots(
            "e",
            HERE,
            publications.size() + 1,
            OPENS,
            previous,
            List.of(state, new ShardRoot(0, Hash.EMPTY_TREE)));
    publications.add(roots.signed(key));
  }

  private ShardRoot head(String candidate, int records) {
    LogHead head = LogHead.start(log).after(entries(candidate, records));
    return new ShardRoot(head.size(), head.frontier().root());
  }

  private static List<Entry> entries(String candidate, int records) {
    return IntStream.range(0, records)
        .mapToObj(at -> new Entry(Entry.Kind.CAST, "voter-" + at, candidate, OPENS.toString(), "1"))
        .toList();
  }

  private List<String> findings(List<Entry> entries) {
    TwoMemories stored = new TwoMemories();
    stored.here.write("voting-count", Segment.after(log, LogHead.start(log), entries).row());
    ReadLog read = new AuditLogs(stored.table().counts(), HERE).read(log);
    Findings findings = new Findings();
    RootsAudit audit = new RootsAudit(election, key.publicKey(), findings, HERE);
    audit.chain(publications.stream());
    audit.roots(SHARD, read);
    return findings.listed().stream().map(Finding::text).toList();
  }
}
