package org.ostraka.voting.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.ReceiptKey;

/** Several publishers, and somebody who writes rows between theirs. */
final class PublisherTest {
  private static final int REQUESTS = 8;
  private static final LogId LOG = new LogId("e", 0, HERE);

  private final TwoMemories regions = new TwoMemories();
  private final VoteTable table = regions.table();
  private final Election election = regions.declare("e", 2, false);
  private final AuditLogs logs = new AuditLogs(table.counts(), HERE);
  private final ReceiptKey key = key();
  private LogHead head = LogHead.start(LOG);

  private static ReceiptKey key() {
    try {
      return new ReceiptKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Test
  void eachFollowsOnTheOneBeforeWheneverAnotherPublisherComesBetween() {
    append();
    publisher().publish(election);
    for (int request = 1; request <= REQUESTS; request++) {
      append();
      AtomicInteger left = new AtomicInteger(request);
      regions.here.beforeEach(_ -> {
        if (left.decrementAndGet() == 0) {
          regions.here.beforeEach(_ -> {});
          publisher().publish(election);
          append();
        }
      });
      publisher().publish(election);
      regions.here.beforeEach(_ -> {});
      publisher().publish(election);
    }
    assertThatTheyFollow();
    assertThat(logs.publications("e", HERE, _ -> {}).toList()).hasSizeGreaterThan(REQUESTS);
  }

  @Test
  void aForgedPublicationKeepsNobodyFromPublishing() {
    append();
    publisher().publish(election);
    forge("ROOTS#000000002");
    append();
    publisher().publish(election);
    Roots last = logs.lastPublication("e", HERE, key.publicKey()).orElseThrow().roots();
    assertThat(last.number()).isEqualTo(3);
    assertThat(last.shards().getFirst().size()).isEqualTo(2);
  }

  @Test
  void aForgedPublicationWithAHugeNumberKeepsNobodyFromPublishing() {
    append();
    publisher().publish(election);
    for (String number : List.of("99999999999999", "100000000000000", "999999999999999")) {
      forge("ROOTS#" + number);
      append();
      publisher().publish(election);
    }
    assertThatTheyFollow();
    Roots last = logs.lastPublication("e", HERE, key.publicKey()).orElseThrow().roots();
    assertThat(last.number()).isEqualTo(4);
    assertThat(last.shards().getFirst().size()).isEqualTo(4);
  }

  @Test
  void aPublisherWarnsWhenAForgedRowIsFirst() {
    List<String> warnings = new ArrayList<>();
    Publisher publisher = publisher(warnings::add);
    append();
    publisher.publish(election);
    append();
    regions.here.beforeEach(operation -> {
      if (operation.equals("PutItem")) {
        regions.here.beforeEach(_ -> {});
        forge("ROOTS#000000002");
      }
    });
    publisher.publish(election);
    assertThat(warnings).as("another publisher may have been first").isEmpty();
    publisher.publish(election);
    publisher.publish(election);
    assertThat(warnings).singleElement().asString().contains("of e was refused");
    assertThat(logs.lastPublication("e", HERE, key.publicKey()).orElseThrow().roots().number())
        .isEqualTo(3);
  }

  private void forge(String sortKey) {
    regions.here.write(
        "voting-count",
        Map.of("PK", Attributes.of(Roots.partition("e", HERE)), "SK", Attributes.of(sortKey)));
  }

  private void assertThatTheyFollow() {
    Hash previous = Roots.NONE;
    long number = 1;
    for (Roots.Signed signed : logs.publications("e", HERE, _ -> {}).toList()) {
      assertThat(signed.roots().number()).isEqualTo(number);
      assertThat(signed.roots().previous()).as("publication " + number).isEqualTo(previous);
      previous = signed.roots().hash();
      number++;
    }
  }

  private void append() {
    Entry entry = new Entry(Entry.Kind.CAST, "v" + head.size(), "a", OPENS.toString(), "1");
    Segment segment = Segment.after(LOG, head, List.of(entry));
    regions.here.write("voting-count", segment.row());
    head = segment.head();
  }

  private Publisher publisher() {
    return publisher(_ -> {});
  }

  private Publisher publisher(Consumer<String> warn) {
    InstantSource clock = InstantSource.fixed(OPENS);
    return new Publisher(new Elections(table), logs, key, Duration.ZERO, clock, _ -> {}, warn);
  }
}
