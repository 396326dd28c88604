package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;
import static org.ostraka.voting.TwoMemories.voterOf;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.MemoryStream;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.recount.Auditor;
import org.ostraka.voting.recount.Finding;
import org.ostraka.voting.recount.Recount;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Rows that somebody else wrote stop neither counters nor the audit, and count for nobody. */
final class ForgedRowsTest {
  private static final String COUNTS = "voting-count";
  private static final InstantSource CLOCK = InstantSource.fixed(OPENS.plusSeconds(1));
  private static final int SHARD = 0;

  private final TwoMemories regions = new TwoMemories();
  private final VoteTable table = regions.table();
  private final Election election = regions.declare("e", 4, false);
  private final PublicKey key = key();
  private int voters;

  private static PublicKey key() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @BeforeEach
  void aVoteIsCast() {
    castOne();
  }

  @Test
  void rowsThatAreNoBallotsArePassedOverAndNamed() {
    String voter = voterOf(election, SHARD, 100);
    forge("e", SHARD, "USER#" + voter, "x".repeat(390_000), OPENS.toString());
    forge("e", SHARD, "USER#" + voterOf(election, SHARD, 101), "nobody", OPENS.toString());
    forge("e", SHARD, "USER#" + voterOf(election, SHARD, 102), "a", "y".repeat(300_000));
    forge("e", SHARD, "USER#" + voterOf(election, 2, 103), "a", OPENS.toString());
    forge("e", 99_999, "USER#any", "a", OPENS.toString());
    castOne();
    Results results = count();
    assertThat(results.votes()).isEqualTo(2);
    assertThat(results.votes("a")).isEqualTo(2);
    assertThat(results.forged()).isEqualTo(5);
    assertThat(names(audit()))
        .contains("row of " + voter + " is no ballot: it was passed over")
        .contains("5 rows that are no ballots were passed over");
  }

  @Test
  void aSealOfAShardThatTheElectionDoesNotHaveCompletesNothing() {
    for (int shard = 4; shard < 8; shard++) {
      Map<String, AttributeValue> lease = new HashMap<>(Keys.lease("e", shard));
      lease.putAll(new Lease(HERE, 1).attributes());
      lease.put(Lease.SEALED, AttributeValue.fromBool(true));
      regions.here.write("voting", lease);
    }
    Results results = count();
    assertThat(results.isComplete()).isFalse();
    assertThat(results.forged()).isEqualTo(4);
  }

  @Test
  void oneShardThatIsSealedTwiceDoesNotHideThatAnotherIsNot() {
    for (int times = 0; times < 4; times++) {
      Map<String, AttributeValue> lease = new HashMap<>(Keys.lease("e", SHARD));
      lease.putAll(new Lease(HERE, 1).attributes());
      lease.put(Lease.SEALED, AttributeValue.fromBool(true));
      regions.here.write("voting", lease);
      var _ = lease.remove(Lease.SEALED);
      regions.here.write("voting", lease);
    }
    assertThat(count().isComplete()).isTrue();
    assertThat(names(audit()))
        .contains("the count says that it is complete; only 1 shards are sealed in the logs");
  }

  @Test
  void aRowOfTheLogThatCannotBeReadStopsNeitherCounterNorAudit() {
    var _ = count();
    LogId log = new LogId("e", SHARD, HERE);
    forgeCount(log.partition(), "SEGMENT#000000000001", Map.of());
    forgeCount(log.partition(), "ZZZ", Map.of("entries", Attributes.of(List.of("no entry"))));
    castOne();
    assertThat(count().votes()).isEqualTo(2);
    castOne();
    assertThat(count().votes()).isEqualTo(3);
    Recount recount = audit();
    assertThat(recount.logged()).isEqualTo(Map.of("a", 3L)).isEqualTo(recount.ballots());
    assertThat(names(recount))
        .contains("log of shard 0 in " + HERE + ": row SEGMENT#000000000001 cannot be read");
  }

  @Test
  void rowsOfTalliesCheckpointsAndPublicationsThatCannotBeReadArePassedOver() {
    forgeCount("TALLY#e#" + HERE + "#3", "MINUTE#yesterday", Map.of("votes:a", Attributes.of(9)));
    forgeCount("TALLY#e#" + HERE + "#4", "MINUTE#" + OPENS, Map.of("votes:a", Attributes.of("x")));
    forgeCount("STREAM#" + HERE + "#arn", "shard-of-mine", Map.of("beat", Attributes.of("x")));
    forgeCount("ROOTS#e#" + HERE, "X", Map.of());
    assertThat(count().votes()).isEqualTo(1);
    assertThat(new Checkpoints(table.counts(), HERE, "arn").all()).containsOnlyKeys("shard-1");
    assertThat(names(audit()))
        .contains("2 rows of tallies cannot be read")
        .contains("publication X of " + HERE + " cannot be read");
  }

  @Test
  void aForgedBallotThatAnotherRegionReplacesTakesNoVoteBack() {
    String voter = voterOf(election, SHARD, 100);
    forge("e", SHARD, "USER#" + voter, "nobody", OPENS.toString());
    Map<String, AttributeValue> later = new HashMap<>(Keys.ballot(election, voter));
    later.putAll(new Lease(THERE, 2).attributes());
    later.put("candidate", Attributes.of("a"));
    later.put("cast", Attributes.of(OPENS.toString()));
    regions.here.write("voting", later);
    Results results = count();
    assertThat(results.votes()).isEqualTo(1);
    assertThat(results.forged()).isEqualTo(2);
  }

  @Test
  void longNamesOfCandidatesDoNotMakeARowOfTheLogTooLarge() {
    String candidate = "€".repeat(Election.MAX_CANDIDATE_LENGTH);
    Batch batch = new Batch(HERE, 0, new Paper(_ -> Optional.empty()), _ -> false);
    for (int voter = 0; batch.take(ballot(voter + "-" + "v".repeat(600), candidate)); voter++) {
      assertThat(voter).isLessThan(1_000);
    }
    long bytes =
        batch.entries().values().stream()
            .flatMap(List::stream)
            .mapToLong(it -> it.text().getBytes(StandardCharsets.UTF_8).length)
            .sum();
    assertThat(bytes).isBetween(290_000L, 300_000L);
  }

  private static Record ballot(String voter, String candidate) {
    Map<String, AttributeValue> row = new HashMap<>(new Lease(HERE, 1).attributes());
    row.put("candidate", Attributes.of(candidate));
    row.put("cast", Attributes.of(OPENS.toString()));
    Map<String, AttributeValue> key =
        Map.of(
            Keys.PARTITION, Attributes.of(Keys.shard("f", 0)),
            Keys.SORT, Attributes.of("USER#" + voter));
    return Record.builder()
        .eventName(OperationType.INSERT)
        .dynamodb(it -> it.keys(key).newImage(row).sequenceNumber("1"))
        .build();
  }

  private void castOne() {
    Casting casting = new Casting(table, 1, CLOCK, _ -> {});
    assertThat(casting.cast(election, voterOf(election, SHARD, voters++), "a"))
        .isInstanceOf(Outcome.Stored.class);
  }

  private void forge(String id, int shard, String sort, String candidate, String cast) {
    Map<String, AttributeValue> row = new HashMap<>();
    row.put(Keys.PARTITION, Attributes.of(Keys.shard(id, shard)));
    row.put(Keys.SORT, Attributes.of(sort));
    row.putAll(new Lease(HERE, 1).attributes());
    row.put("candidate", Attributes.of(candidate));
    row.put("cast", Attributes.of(cast));
    regions.here.write("voting", row);
  }

  private void forgeCount(String partition, String sort, Map<String, AttributeValue> more) {
    Map<String, AttributeValue> row = new HashMap<>(more);
    row.put(Keys.PARTITION, Attributes.of(partition));
    row.put(Keys.SORT, Attributes.of(sort));
    regions.here.write(COUNTS, row);
  }

  /** Counts what is not counted yet in the first region's stream. */
  private Results count() {
    Checkpoints checkpoints = new Checkpoints(table.counts(), HERE, "arn");
    Checkpoint from =
        checkpoints.find("shard-1").or(() -> checkpoints.add("shard-1", "counter")).orElseThrow();
    VoteStream stream = new VoteStream(table, HERE, new MemoryStream(regions.here, "voting"));
    Paper paper = new Paper(new Elections(table)::find);
    new ShardCounter(
            stream, checkpoints, from, paper, _ -> false, Duration.ofSeconds(1), CLOCK, _ -> {})
        .run(() -> false, () -> {});
    return new Tallies(table.counts()).of(election);
  }

  private Recount audit() {
    regions.replicate();
    return new Auditor(table, election, key).audit();
  }

  private static List<String> names(Recount recount) {
    return new ArrayList<>(recount.findings().stream().map(Finding::text).toList());
  }
}
