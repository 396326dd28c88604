package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.voting.ThreeMemories.BALLOTS;
import static org.ostraka.voting.ThreeMemories.CLOSED;
import static org.ostraka.voting.ThreeMemories.COUNTS;
import static org.ostraka.voting.ThreeMemories.FIRST;
import static org.ostraka.voting.ThreeMemories.LATER;
import static org.ostraka.voting.ThreeMemories.OPEN;
import static org.ostraka.voting.ThreeMemories.THIRD;
import static org.ostraka.voting.count.AdoptionSite.LEFT;
import static org.ostraka.voting.count.AdoptionSite.LOST;
import static org.ostraka.voting.count.AdoptionSite.SHARD;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogHead;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Segment;
import org.ostraka.voting.audit.Takeover;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.recount.Recount;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a lost region had accepted and not counted is counted by those that are left. */
final class AdoptionTest {
  private static final LogId LOG = new LogId("e", SHARD, LOST);

  private final AdoptionSite site = new AdoptionSite(false, false);

  @Test
  void ballotsThatWereNotCountedAreCountedOnce() {
    Receipt counted = site.cast(0, "a");
    site.count(LOST);
    site.publish(LOST);
    site.replicate(COUNTS, LEFT);
    Receipt first = site.cast(1, "a");
    Receipt second = site.cast(2, "b");
    site.replicate(BALLOTS, LEFT);
    site.lose();
    assertThat(site.audit().remarks())
        .contains("Votes accepted there that are in no log here: {a=1, b=1}");
    AdoptionReport report = site.adopt();
    assertThat(report.votes()).isEqualTo(Map.of(LOST, Map.of("a", 1L, "b", 1L)));
    assertThat(report.copied()).isEmpty();
    assertThat(report.refusals()).isEmpty();
    Recount recount = site.audit();
    assertThat(recount.findings()).isEmpty();
    assertThat(recount.ballots())
        .isEqualTo(Map.of("a", 2L, "b", 1L))
        .isEqualTo(recount.logged())
        .isEqualTo(recount.tallied());
    assertThat(recount.remarks()).contains("Votes accepted there that are in no log here: {}");
    assertThat(site.unproved(FIRST, List.of(counted, first, second))).isEmpty();
    assertThat(site.adopt().votes()).as("once more").isEmpty();
    assertThat(site.audit()).isEqualTo(recount);
  }

  @Test
  void aBallotThatOneRegionHasIsPutIntoTheOther() {
    site.cast(0, "a");
    site.cast(1, "b");
    site.replicateBallotOf(0, THIRD);
    site.replicateBallotOf(1, FIRST);
    site.lose();
    AdoptionReport report = site.adopt();
    assertThat(report.copied()).isEqualTo(Map.of(FIRST, 1L, THIRD, 1L));
    assertThat(report.votes()).isEqualTo(Map.of(LOST, Map.of("a", 1L, "b", 1L)));
    assertThat(site.findings()).isEmpty();
  }

  @Test
  void aCountedBallotIsPutIntoTheRegionThatDoesNotHaveIt() {
    site.cast(0, "a");
    site.count(LOST);
    site.publish(LOST);
    site.replicate(COUNTS, LEFT);
    site.replicateBallotOf(0, THIRD);
    site.lose();
    AdoptionReport report = site.adopt();
    assertThat(report.votes()).isEmpty();
    assertThat(report.copied()).isEqualTo(Map.of(FIRST, 1L));
    assertThat(site.findings()).isEmpty();
  }

  @Test
  void theRegionsThatAreLeftPutTheLogAndItsPublicationsTogether() {
    site.cast(0, "a");
    site.count(LOST);
    site.publish(LOST);
    site.replicate(COUNTS, List.of(FIRST));
    site.cast(1, "a");
    site.count(LOST);
    site.publish(LOST);
    site.replicate(COUNTS, List.of(THIRD));
    Receipt last = site.cast(2, "b");
    site.replicate(BALLOTS, LEFT);
    site.lose();
    assertThat(site.adopt().votes()).isEqualTo(Map.of(LOST, Map.of("b", 1L)));
    assertThat(site.findings()).isEmpty();
    AuditLogs logs = new AuditLogs(site.regions.table().counts(), FIRST);
    assertThat(logs.publications("e", LOST, _ -> {}).toList()).hasSize(3);
    assertThat(site.unproved(FIRST, List.of(last))).isEmpty();
  }

  @Test
  void talliesThatAreOlderOrNewerThanTheLogFollowIt() {
    site.cast(0, "a");
    site.count(LOST);
    site.replicateCounts("TALLY#", FIRST);
    site.replicateCounts("LOG#", FIRST);
    site.cast(1, "a");
    site.count(LOST);
    site.replicateCounts("LOG#", FIRST);
    site.replicate(BALLOTS, LEFT);
    AdoptionReport older = site.adoptedWhenLost();
    assertThat(older.votes()).isEmpty();
    assertThat(site.audit().tallied()).isEqualTo(Map.of("a", 2L));
    assertThat(site.findings()).isEmpty();

    AdoptionSite other = new AdoptionSite(false, false);
    other.cast(0, "a");
    other.cast(1, "b");
    other.count(LOST);
    other.replicateCounts("TALLY#", FIRST);
    other.replicate(BALLOTS, LEFT);
    AdoptionReport newer = other.adoptedWhenLost();
    assertThat(newer.votes()).isEqualTo(Map.of(LOST, Map.of("a", 1L, "b", 1L)));
    assertThat(other.audit().tallied()).isEqualTo(Map.of("a", 1L, "b", 1L));
    assertThat(other.findings()).isEmpty();
  }

  @Test
  void aLogOfWhichRegionsHaveDifferentRecordsIsNotContinued() {
    site.cast(0, "a");
    site.count(LOST);
    site.replicate(COUNTS, List.of(FIRST));
    Entry forged = new Entry(Entry.Kind.CAST, "nobody", "b", "2026-11-01T09:00:00Z", "1");
    site.regions
        .in(THIRD)
        .write(COUNTS, Segment.after(LOG, LogHead.start(LOG), List.of(forged)).row());
    site.cast(1, "a");
    site.replicate(BALLOTS, LEFT);
    AdoptionReport report = site.adoptedWhenLost();
    assertThat(report.refusals())
        .containsExactly(
            "The log of shard 1 of eu-west-1 cannot be continued: row SEGMENT#000000000000 is"
                + " another one in us-east-1");
    assertThat(report.votes()).isEmpty();
    Recount recount = site.audit();
    assertThat(recount.remarks()).contains("Votes accepted there that are in no log here: {a=1}");
    assertThat(recount.tallied()).as("what the log says stays counted").isEqualTo(Map.of("a", 1L));
  }

  @Test
  void aLogWithAGapIsNotContinued() {
    for (int voter = 0; voter < 3; voter++) {
      site.cast(voter, "a");
      site.count(LOST);
    }
    site.regions.copy(
        COUNTS,
        LOST,
        FIRST,
        row -> row.get("PK").s().startsWith("LOG#") && !row.get("SK").s().endsWith("000000000001"));
    site.replicate(BALLOTS, LEFT);
    assertThat(site.adoptedWhenLost().refusals())
        .containsExactly(
            "The log of shard 1 of eu-west-1 cannot be continued: records 1 to 1 are missing");
  }

  @Test
  void aLogThatIsShorterThanItsPublicationIsNotContinued() {
    site.cast(0, "a");
    site.count(LOST);
    site.publish(LOST);
    site.replicateCounts("ROOTS#", THIRD);
    site.cast(1, "b");
    site.replicate(BALLOTS, LEFT);
    assertThat(site.adoptedWhenLost().refusals())
        .containsExactly(
            "The log of shard 1 of eu-west-1 cannot be continued: publication 1 has 1 records of"
                + " it, and 0 are left");
  }

  @Test
  void aLogWithARowThatCannotBeReadIsContinued() {
    site.cast(0, "a");
    site.count(LOST);
    site.replicate(COUNTS, LEFT);
    site.regions
        .in(FIRST)
        .write(
            COUNTS,
            Map.of(
                Keys.PARTITION, Attributes.of(LOG.partition()),
                Keys.SORT, Attributes.of("SEGMENT#000000000001")));
    site.cast(1, "b");
    site.replicate(BALLOTS, LEFT);
    assertThat(site.adoptedWhenLost().votes()).isEqualTo(Map.of(LOST, Map.of("b", 1L)));
    assertThat(site.findings())
        .containsExactly("log of shard 1 in eu-west-1: row SEGMENT#000000000001 cannot be read");
  }

  @Test
  void rowsThatAreNoBallotsArePassedOverAndNamed() {
    site.cast(0, "a");
    site.replicate(BALLOTS, LEFT);
    String voter = "USER#" + site.voter(1);
    for (String region : LEFT) {
      site.forge(
          region,
          voter,
          Map.of("region", LOST, "candidate", "nobody", "cast", "2026-11-01T09:00:00Z"));
    }
    AdoptionReport report = site.adoptedWhenLost();
    assertThat(report.votes()).isEqualTo(Map.of(LOST, Map.of("a", 1L)));
    assertThat(report.passedOver())
        .containsExactly("Row " + voter + " of shard 1: it is no ballot of this election");
    assertThat(site.findings())
        .contains("row of " + site.voter(1) + " is no ballot: it was passed over");
    assertThat(site.adopt().passedOver()).as("it is in the log now").isEmpty();
  }

  @Test
  void aBallotThatIsAnotherOneInAnotherRegionOrInTheLogIsPassedOver() {
    site.cast(0, "a");
    site.count(LOST);
    site.replicate(COUNTS, LEFT);
    site.replicate(BALLOTS, LEFT);
    String cast = "2026-11-01T08:00:01Z";
    String counted = "USER#" + site.voter(0);
    String uncounted = "USER#" + site.voter(1);
    Map<String, String> other = Map.of("region", LOST, "candidate", "b", "cast", cast);
    LEFT.forEach(region -> site.forge(region, counted, other));
    site.forge(FIRST, uncounted, other);
    site.forge(THIRD, uncounted, Map.of("region", LOST, "candidate", "a", "cast", cast));
    AdoptionReport report = site.adoptedWhenLost();
    assertThat(report.votes()).isEmpty();
    assertThat(report.passedOver())
        .containsExactlyInAnyOrder(
            "Row " + counted + " of shard 1: it is not what the log of eu-west-1 says",
            "Row " + uncounted + " of shard 1: regions have different rows");
    assertThat(site.audit().logged()).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void theSealOfAShardIsCountedAfterItsBallots() {
    site.cast(0, "a");
    site.seal(LOST);
    site.replicate(BALLOTS, LEFT);
    AdoptionReport report = site.adoptedWhenLost();
    assertThat(report.lines()).contains("Seals added: 1");
    assertThat(site.findings()).isEmpty();
    AuditLogs logs = new AuditLogs(site.regions.table().counts(), FIRST);
    assertThat(logs.read(LOG).entries())
        .extracting(Entry::kind)
        .containsExactly(Entry.Kind.CAST, Entry.Kind.SEALED);
    assertThat(new Tallies(site.regions.table(LEFT).counts()).of(site.election).sealedShards())
        .isEqualTo(1);
    assertThat(site.adopt().lines()).as("once more").contains("Seals added: 0");
  }

  @Test
  void theSealOfAShardThatWasMovedIsNotAdded() {
    AdoptionSite open = new AdoptionSite(true, false);
    open.cast(0, "a");
    open.replicateBallotOf(0, FIRST);
    open.lose();
    open.regions.move(open.election, LOST, THIRD);
    open.seal(THIRD);
    open.regions.copy(BALLOTS, THIRD, FIRST, row -> row.get("SK").s().equals(Keys.LEASE));
    AdoptionReport report = open.adoption(LATER).run();
    assertThat(report.votes()).isEqualTo(Map.of(LOST, Map.of("a", 1L)));
    assertThat(report.lines()).contains("Seals added: 0");
  }

  @Test
  void votersAndBallotsOfASecretElectionAreCounted() {
    AdoptionSite secret = new AdoptionSite(false, true);
    List<String> numbers = AdoptionSite.numbers(4);
    secret.castSecretly(0, "a", numbers.get(0));
    secret.count(LOST);
    secret.publish(LOST);
    secret.replicate(COUNTS, LEFT);
    Receipt receipt = secret.castSecretly(1, "b", numbers.get(1));
    secret.castSecretly(2, "a", numbers.get(2));
    secret.replicate(BALLOTS, List.of(THIRD));
    AdoptionReport report = secret.adoptedWhenLost();
    assertThat(report.votes()).isEqualTo(Map.of(LOST, Map.of("a", 1L, "b", 1L)));
    assertThat(report.copied()).as("a ballot and a voter each").isEqualTo(Map.of(FIRST, 6L));
    assertThat(report.lines()).contains("Voters of a secret election added: 2");
    Recount recount = secret.audit();
    assertThat(recount.findings()).isEmpty();
    assertThat(recount.tallied()).isEqualTo(Map.of("a", 2L, "b", 1L));
    assertThat(secret.unproved(FIRST, List.of(receipt))).isEmpty();
  }

  @Test
  void aVoteThatWasCountedGivesWayToALaterOneOfTheSameVoter() {
    AdoptionSite open = new AdoptionSite(true, false);
    Receipt early = open.cast(0, "a");
    open.count(LOST);
    open.publish(LOST);
    open.replicate(COUNTS, LEFT);
    open.lose();
    open.regions.move(open.election, LOST, THIRD);
    open.cast(List.of(THIRD), LATER, open.voter(0), "b");
    open.regions.copy(BALLOTS, THIRD, FIRST, _ -> true);
    assertThat(open.findings())
        .as("before")
        .contains("ballot of " + open.voter(0) + " was counted twice");
    AdoptionReport report = open.adoption(LATER).run();
    assertThat(report.votes()).isEmpty();
    assertThat(report.takenBack()).isEqualTo(Map.of(LOST, Map.of("a", 1L)));
    Recount recount = open.audit();
    assertThat(recount.findings()).isEmpty();
    assertThat(recount.tallied()).isEqualTo(Map.of("a", 0L, "b", 1L));
    assertThat(open.unproved(FIRST, List.of(early)))
        .containsExactly("the vote of " + open.voter(0) + " was taken back, says the audit log");
    assertThat(open.adoption(LATER).run().takenBack()).as("once").isEmpty();
  }

  @Test
  void ofTwoVotesThatWereNotCountedTheLaterOneCounts() {
    AdoptionSite open = new AdoptionSite(true, false);
    open.cast(0, "a");
    open.replicateBallotOf(0, FIRST);
    open.lose();
    open.regions.move(open.election, LOST, THIRD);
    open.cast(List.of(THIRD), LATER, open.voter(0), "b");
    AdoptionReport report = open.adoption(LATER).run();
    assertThat(report.votes()).isEmpty();
    assertThat(report.takenBack()).isEmpty();
    open.regions.copy(BALLOTS, THIRD, FIRST, _ -> true);
    assertThat(open.findings()).isEmpty();
    assertThat(open.audit().tallied()).isEqualTo(Map.of("b", 1L));
  }

  @Test
  void afterTheAdoptionTheVoterCannotVoteAgain() {
    AdoptionSite open = new AdoptionSite(true, false);
    Receipt early = open.cast(0, "a");
    open.replicateBallotOf(0, FIRST);
    open.lose();
    open.regions.move(open.election, LOST, THIRD);
    assertThat(open.adoption(LATER).run().votes()).isEqualTo(Map.of(LOST, Map.of("a", 1L)));
    assertThat(open.cast(List.of(THIRD), LATER, open.voter(0), "a"))
        .as("the same receipt")
        .isEqualTo(early);
    assertThat(open.findings()).isEmpty();
  }

  @Test
  void aVoterWhoVotesAgainDuringTheAdoptionHasOneVote() {
    AdoptionSite open = new AdoptionSite(true, false);
    open.cast(0, "a");
    open.count(LOST);
    open.publish(LOST);
    open.replicate(COUNTS, LEFT);
    open.replicateBallotOf(0, FIRST);
    open.lose();
    open.regions.move(open.election, LOST, THIRD);
    castBeforeThePut(open);
    AdoptionReport report = open.adoption(LATER).run();
    assertThat(report.takenBack()).isEqualTo(Map.of(LOST, Map.of("a", 1L)));
    open.regions.copy(BALLOTS, THIRD, FIRST, _ -> true);
    assertThat(open.audit().tallied()).isEqualTo(Map.of("a", 0L, "b", 1L));
    assertThat(open.findings()).isEmpty();
  }

  /** A voter votes again in the third region just before the older ballot would be put there. */
  private static void castBeforeThePut(AdoptionSite open) {
    open.regions
        .in(THIRD)
        .beforeEach(operation -> {
          if (operation.equals("PutItem")) {
            open.regions.in(THIRD).beforeEach(_ -> {});
            open.cast(List.of(THIRD), LATER, open.voter(0), "b");
          }
        });
  }

  @Test
  void anUncountedBallotOfAVoterWhoVotesAgainDuringTheAdoptionIsNotCounted() {
    AdoptionSite open = new AdoptionSite(true, false);
    open.cast(0, "a");
    open.replicateBallotOf(0, FIRST);
    open.lose();
    open.regions.move(open.election, LOST, THIRD);
    castBeforeThePut(open);
    assertThat(open.adoption(LATER).run().votes()).isEmpty();
    open.regions.copy(BALLOTS, THIRD, FIRST, _ -> true);
    assertThat(open.audit().tallied()).isEqualTo(Map.of("b", 1L));
    assertThat(open.findings()).isEmpty();
  }

  @Test
  void anOlderAdoptionWritesNothingAfterANewerOne() {
    site.cast(0, "a");
    site.replicate(BALLOTS, LEFT);
    site.lose();
    site.regions
        .in(FIRST)
        .beforeEach(operation -> {
          if (operation.equals("TransactWriteItems")) {
            site.regions.in(FIRST).beforeEach(_ -> {});
            assertThat(site.adopt().votes()).isEqualTo(Map.of(LOST, Map.of("a", 1L)));
          }
        });
    assertThatThrownBy(site::adopt)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("somebody else has taken over the count of eu-west-1 and goes on");
    assertThat(site.findings()).isEmpty();
    assertThat(site.audit().tallied()).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void nothingIsAppendedAfterSomebodyElseHasTakenTheCountOver() {
    site.cast(0, "a");
    site.replicate(BALLOTS, LEFT);
    assertThatSomebodyElseGoesOn();
    assertThat(new AuditLogs(site.regions.table().counts(), FIRST).read(LOG).entries()).isEmpty();
  }

  @Test
  void noTallyIsWrittenAfterSomebodyElseHasTakenTheCountOver() {
    site.cast(0, "a");
    site.count(LOST);
    site.replicateCounts("LOG#", FIRST);
    site.replicateCounts("LOG#", THIRD);
    site.replicate(BALLOTS, LEFT);
    assertThatSomebodyElseGoesOn();
    assertThat(new Tallies(site.regions.table(LEFT).counts()).of(site.election).votes()).isZero();
  }

  /** Lets somebody else take the count over when the first transaction is about to be written. */
  private void assertThatSomebodyElseGoesOn() {
    site.lose();
    site.regions
        .in(FIRST)
        .beforeEach(operation -> {
          if (operation.equals("TransactWriteItems")) {
            site.regions.in(FIRST).beforeEach(_ -> {});
            var _ = Takeover.begin(site.regions.table().counts(), FIRST, "e", LOST, CLOSED);
          }
        });
    assertThatThrownBy(site::adopt)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("somebody else has taken over the count of eu-west-1 and goes on");
  }

  @Test
  void forgedRowsInNoShardOfTheElectionStayInTheTally() {
    Map<String, AttributeValue> row = new HashMap<>(new Lease(LOST, 1).attributes());
    row.put(Keys.PARTITION, Attributes.of(Keys.shard("e", 99)));
    row.put(Keys.SORT, Attributes.of("USER#x"));
    site.regions.in(LOST).write(BALLOTS, row);
    site.count(LOST);
    site.replicateCounts("TALLY#", FIRST);
    site.cast(0, "a");
    site.replicate(BALLOTS, LEFT);
    site.lose();
    for (int time = 0; time < 2; time++) {
      var _ = site.adopt();
      Results results = new Tallies(site.regions.table(LEFT).counts()).of(site.election);
      assertThat(results.forged()).isEqualTo(1);
      assertThat(results.votes()).isEqualTo(1);
    }
  }

  @Test
  void twoThatBeginAtTheSameMomentAreOne() {
    site.lose();
    site.regions
        .in(FIRST)
        .beforeEach(operation -> {
          if (operation.equals("PutItem")) {
            site.regions.in(FIRST).beforeEach(_ -> {});
            var _ = site.adopt();
          }
        });
    assertThatThrownBy(site::adopt)
        .hasMessage("somebody else takes over the count of eu-west-1 at this moment");
  }

  @Test
  void severalLostRegionsAreAdoptedTogether() {
    site.cast(0, "a");
    site.replicate(BALLOTS, List.of(THIRD));
    String voter = TwoMemories.voterOf(site.election, 0, 0);
    site.cast(List.of(FIRST), OPEN, voter, "b");
    site.regions.copy(BALLOTS, FIRST, THIRD, _ -> true);
    site.lose();
    site.regions.in(FIRST).goAway();
    Adoption adoption =
        new Adoption(
            site.regions.table(), site.election, Set.of(FIRST, LOST), site.key, () -> CLOSED);
    assertThat(adoption.run().votes())
        .isEqualTo(Map.of(FIRST, Map.of("b", 1L), LOST, Map.of("a", 1L)));
  }
}
