package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.voting.ThreeMemories.BALLOTS;
import static org.ostraka.voting.ThreeMemories.COUNTS;
import static org.ostraka.voting.ThreeMemories.FIRST;
import static org.ostraka.voting.ThreeMemories.REGIONS;
import static org.ostraka.voting.ThreeMemories.THIRD;
import static org.ostraka.voting.count.AdoptionSite.LEFT;
import static org.ostraka.voting.count.AdoptionSite.LOST;
import static org.ostraka.voting.count.AdoptionSite.SHARD;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.LogHead;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.audit.Segment;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rows that somebody forged, or that arrive while a lost region is adopted. */
final class AdoptionDamageTest {
  private static final LogId LOG = new LogId("e", SHARD, LOST);
  private static final String CAST = "2026-11-01T08:00:01Z";

  private final AdoptionSite site = new AdoptionSite(false, false);

  @Test
  void aLogWhoseRowHasNoPlaceIsNotContinued() {
    site.cast(0, "a");
    site.count(LOST);
    site.replicateCounts("LOG#", THIRD);
    forgeCount(FIRST, LOG.partition(), "SEGMENT#000000000000");
    site.cast(1, "b");
    site.replicate(BALLOTS, LEFT);
    AdoptionReport report = site.adoptedWhenLost();
    assertThat(report.refusals())
        .containsExactly(
            "The log of shard 1 of eu-west-1 cannot be continued: another row is in the place of"
                + " one of its rows in eu-central-1");
    assertThat(report.votes()).isEmpty();
  }

  @Test
  void aRecordThatArrivesMeanwhileIsNotOverwritten() {
    site.cast(0, "a");
    site.replicate(BALLOTS, LEFT);
    site.cast(1, "b");
    site.count(LOST);
    site.lose();
    site.regions
        .in(FIRST)
        .beforeEach(operation -> {
          if (operation.equals("TransactWriteItems")) {
            site.regions.in(FIRST).beforeEach(_ -> {});
            site.replicateCounts("LOG#", FIRST);
          }
        });
    assertThatThrownBy(site::adopt).isInstanceOf(IllegalStateException.class);
    assertThat(logOf(FIRST)).isEqualTo(logOf(LOST)).isNotEqualTo(LogHead.start(LOG));
    assertThat(site.adopt().votes()).as("both are in the log").isEmpty();
    assertThat(site.audit().tallied()).isEqualTo(Map.of("a", 1L, "b", 1L));
  }

  @Test
  void aRowOfAnotherRegionUnderTheSameLeaseTakesNothingBack() {
    site.cast(0, "a");
    site.count(LOST);
    site.publish(LOST);
    site.replicate(COUNTS, LEFT);
    site.forge(
        FIRST, "USER#" + site.voter(0), Map.of("region", THIRD, "candidate", "b", "cast", CAST));
    AdoptionReport report = site.adoptedWhenLost();
    assertThat(report.takenBack()).isEmpty();
    assertThat(site.audit().logged()).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void aBallotThatIsAnotherOneInAnotherRegionMeanwhileIsNamed() {
    site.cast(0, "a");
    site.replicateBallotOf(0, FIRST);
    String row = "USER#" + site.voter(0);
    site.lose();
    site.regions
        .in(THIRD)
        .beforeEach(operation -> {
          if (operation.equals("PutItem")) {
            site.regions.in(THIRD).beforeEach(_ -> {});
            site.forge(THIRD, row, Map.of("region", LOST, "candidate", "b", "cast", CAST));
          }
        });
    AdoptionReport report = site.adopt();
    assertThat(report.passedOver())
        .containsExactly("Row " + row + " of shard 1: it is another one in us-east-1");
    assertThat(report.votes()).isEqualTo(Map.of(LOST, Map.of("a", 1L)));
    assertThat(report.copied()).isEmpty();
  }

  @Test
  void rowsThatAreNoTalliesStay() {
    String partition = TallyKey.partition("e", LOST, 0);
    for (String sort : Set.of("MINUTE#noon", "OTHER")) {
      forgeCount(FIRST, partition, sort);
    }
    List<Map<String, AttributeValue>> forged = tallies(partition);
    site.cast(0, "a");
    site.replicate(BALLOTS, LEFT);
    assertThat(site.adoptedWhenLost().votes()).isEqualTo(Map.of(LOST, Map.of("a", 1L)));
    assertThat(forged).hasSize(2);
    assertThat(tallies(partition)).containsAll(forged);
  }

  @Test
  void aPublicationOfAnotherKeyIsNotCopied() {
    site.cast(0, "a");
    site.count(LOST);
    site.publish(LOST);
    site.replicate(COUNTS, LEFT);
    assertThat(
            site.regions
                .publisher(REGIONS, THIRD, AdoptionSite.newKey())
                .publish(site.election, LOST))
        .isTrue();
    site.cast(1, "b");
    site.replicate(BALLOTS, LEFT);
    assertThat(site.adoptedWhenLost().refusals()).isEmpty();
    AuditLogs logs = new AuditLogs(site.regions.table().counts(), FIRST);
    assertThat(logs.publications("e", LOST, _ -> {}))
        .hasSize(2)
        .allMatch(publication -> publication.isSigned(site.key.publicKey()));
  }

  @Test
  void aPublicationThatArrivesMeanwhileIsTheSame() {
    site.cast(0, "a");
    site.count(LOST);
    site.publish(LOST);
    site.replicate(COUNTS, List.of(THIRD));
    site.replicate(BALLOTS, LEFT);
    site.lose();
    site.regions
        .in(FIRST)
        .beforeEach(operation -> {
          if (operation.equals("PutItem")) {
            site.regions.in(FIRST).beforeEach(_ -> {});
            site.replicateCounts("ROOTS#", FIRST);
          }
        });
    assertThat(site.adopt().refusals()).isEmpty();
    assertThat(site.findings()).isEmpty();
  }

  @Test
  void forgedRowsOfAShardAndOfNoneAreCountedOnce() {
    Map<String, AttributeValue> ofNone = new HashMap<>(new Lease(LOST, 1).attributes());
    ofNone.put(Keys.PARTITION, Attributes.of(Keys.shard("e", 99)));
    ofNone.put(Keys.SORT, Attributes.of("USER#x"));
    site.regions.in(LOST).write(BALLOTS, ofNone);
    Map<String, String> nobody = Map.of("region", LOST, "candidate", "nobody", "cast", CAST);
    site.forge(LOST, "USER#" + site.voter(0), nobody);
    site.count(LOST);
    site.replicate(COUNTS, LEFT);
    site.lose();
    for (int time = 0; time < 2; time++) {
      assertThat(site.adopt().refusals()).isEmpty();
      assertThat(new Tallies(site.regions.table(LEFT).counts()).of(site.election).forged())
          .isEqualTo(2);
    }
  }

  @Test
  void rootsWhoseNumberIsTakenMeanwhileArePublishedTheNextTime() {
    site.cast(0, "a");
    site.replicate(BALLOTS, LEFT);
    AtomicBoolean isAppended = new AtomicBoolean();
    site.regions
        .in(FIRST)
        .beforeEach(operation -> {
          if (operation.equals("TransactWriteItems")) {
            isAppended.set(true);
          } else if (operation.equals("PutItem") && isAppended.get()) {
            site.regions.in(FIRST).beforeEach(_ -> {});
            forgeCount(FIRST, Roots.partition("e", LOST), "ROOTS#000000001");
          }
        });
    AdoptionReport report = site.adoptedWhenLost();
    assertThat(report.votes()).isEqualTo(Map.of(LOST, Map.of("a", 1L)));
    assertThat(report.refusals())
        .containsExactly("The roots of eu-west-1 are not published: run this command again");
    assertThat(site.adopt().refusals()).isEmpty();
    AuditLogs logs = new AuditLogs(site.regions.table().counts(), FIRST);
    assertThat(logs.lastPublication("e", LOST, site.key.publicKey())).isPresent();
  }

  private LogHead logOf(String region) {
    var rows =
        site.regions.in(region).rows(COUNTS).stream()
            .filter(row -> Attributes.text(row, Keys.PARTITION).equals(LOG.partition()))
            .toList();
    return rows.isEmpty() ? LogHead.start(LOG) : Segment.of(LOG, rows.getLast()).head();
  }

  private List<Map<String, AttributeValue>> tallies(String partition) {
    return site.regions.in(FIRST).rows(COUNTS).stream()
        .filter(row -> Attributes.text(row, Keys.PARTITION).equals(partition))
        .toList();
  }

  /** Writes a row that means nothing into the table of counts, as an intruder does. */
  private void forgeCount(String region, String partition, String sort) {
    site.regions
        .in(region)
        .write(
            COUNTS,
            Map.of(
                Keys.PARTITION,
                Attributes.of(partition),
                Keys.SORT,
                Attributes.of(sort),
                "by",
                Attributes.of("an intruder")));
  }
}
