package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;
import static org.ostraka.voting.TwoMemories.copy;
import static org.ostraka.voting.TwoMemories.voterOf;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.MemoryRegion;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.Terms;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.recount.Auditor;
import org.ostraka.voting.recount.Finding;
import org.ostraka.voting.recount.Recount;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Ballots that somebody with the key of a server writes into a region that does not have the lease
 * of their shard: logs, tallies and ballots agree, and the lease does not.
 */
final class ExchangedVoteTest {
  private static final Instant NOW = OPENS.plusSeconds(1);
  private static final Duration TERM = Duration.ofSeconds(30);
  private static final Duration MARGIN = Duration.ofSeconds(60);
  private static final int SHARD = 0;
  private static final String COUNTS = "voting-count";
  private static final Map<String, AttributeValue> DECLARATION =
      Map.of("PK", Attributes.of("DECLARATION#e"), "SK", Attributes.of("LEASES"));

  private final TwoMemories regions = new TwoMemories();
  private final VoteTable table = regions.table();

  @Test
  void aVoteThatIsExchangedBeforeItIsReplicatedIsNamed() {
    Election election = regions.declare("e", 2, false);
    String voter = voterOf(election, SHARD, 0);
    cast(election, voter, HERE, 1);
    write(regions.there, election, voter, THERE, 2);
    copy(regions.there, regions.here, Keys.ballot(election, voter));
    Recount recount = recount(election);
    assertThat(recount.ballots()).isEqualTo(Map.of("b", 1L));
    assertThat(recount.logged())
        .as("nothing else differs")
        .isEqualTo(recount.tallied())
        .isEqualTo(Map.of("a", 0L, "b", 1L));
    assertThat(named(recount))
        .containsExactlyInAnyOrder(
            new Finding(
                Finding.Kind.ALTERED,
                "ballot of %s was taken back in %s, epoch 1: shard 0 has no later lease"
                    .formatted(voter, HERE)),
            new Finding(
                Finding.Kind.OTHER,
                "ballot of %s was accepted in %s, epoch 2, without the lease of shard 0"
                    .formatted(voter, THERE)));
    assertThat(recount.remarks())
        .contains(
            "Shards that were moved to another region: 0; votes of a lost region that gave way to"
                + " later ones: 1");
  }

  @Test
  void aFirstBallotInARegionThatNeverHadTheShardIsNamed() {
    Election election = regions.declare("e", 2, true);
    String voter = voterOf(election, SHARD, 0);
    write(regions.there, election, voter, THERE, 1);
    copy(regions.there, regions.here, Keys.ballot(election, voter));
    assertThat(named(recount(election)))
        .extracting(Finding::text)
        .containsExactly(
            "ballot of %s was accepted in %s, epoch 1, without the lease of shard 0"
                .formatted(voter, THERE));
  }

  @Test
  void aLeaseThatWasWrittenToGoWithTheBallotsIsNamedToo() {
    Election election = regions.declare("e", 2, false);
    String voter = voterOf(election, SHARD, 0);
    cast(election, voter, HERE, 1);
    write(regions.there, election, voter, THERE, 2);
    copy(regions.there, regions.here, Keys.ballot(election, voter));
    forgeLease(election, new Lease(THERE, 2).attributes());
    assertThat(named(recount(election)))
        .extracting(Finding::text)
        .contains(
            "the lease of shard 0 in %s cannot be: %s has it under epoch 2".formatted(HERE, THERE),
            "ballot of %s was accepted in %s, epoch 2, without the lease of shard 0"
                .formatted(voter, THERE));
  }

  @Test
  void leasesWithTermsInAnElectionWithoutThemAreNamed() {
    Election election = regions.declare("e", 2, false);
    String voter = voterOf(election, SHARD, 0);
    cast(election, voter, HERE, 1);
    write(regions.there, election, voter, THERE, 2);
    copy(regions.there, regions.here, Keys.ballot(election, voter));
    // As if the shard had been moved; and all others have terms, too.
    forgeLease(election, withTerm(new Lease(THERE, 2)));
    forgeLease(election, 1, withTerm(new Lease(THERE, 1)));
    Recount recount = recount(election);
    assertThat(named(recount))
        .extracting(Finding::text)
        .containsExactlyInAnyOrder(
            "the lease of shard 0 in %s cannot be: %s has it under epoch 2".formatted(HERE, THERE),
            "the lease of shard 0 in %s cannot be: %s has it under epoch 2".formatted(THERE, THERE),
            "ballot of %s was accepted in %s, epoch 2, without the lease of shard 0"
                .formatted(voter, THERE),
            "ballot of %s was taken back in %s, epoch 1: shard 0 has no later lease"
                .formatted(voter, HERE),
            "the leases of 2 of 2 shards have terms: the election was declared without");
    assertThat(recount.remarks())
        .contains(
            "Shards that were moved to another region: 0; votes of a lost region that gave way to"
                + " later ones: 1");
  }

  /** An election of an earlier version of this program has no row that says it. */
  @Test
  void aLeaseWithTermsBesideOthersIsNamedWithoutADeclaration() {
    Election election = regions.declare("e", 2, false);
    for (MemoryRegion region : List.of(regions.here, regions.there)) {
      var _ = region.deleteItem(it -> it.tableName("voting").key(DECLARATION));
    }
    forgeLease(election, withTerm(new Lease(THERE, 2)));
    Recount recount = recount(election);
    assertThat(named(recount))
        .extracting(Finding::text)
        .containsExactly(
            "the leases of 1 of 2 shards have terms: an election is declared with terms or"
                + " without");
    assertThat(recount.remarks())
        .contains(
            "Shards that were moved to another region: 1; votes of a lost region that gave way to"
                + " later ones: 0");
  }

  @Test
  void aVoteThatGivesWayAfterAMoveIsOnlyCounted() {
    Election election = regions.declare("e", 2, true);
    for (int shard = 0; shard < 2; shard++) {
      String home = election.homeOf(shard);
      assertThat(terms(OPENS).renew(election, shard, home, OPENS.plus(TERM), Set.of())).isTrue();
    }
    String voter = voterOf(election, SHARD, 0);
    cast(election, voter, HERE, 1);
    assertThat(
            terms(OPENS.plus(TERM).plus(MARGIN).plusMillis(1))
                .move(election, SHARD, HERE, THERE, MARGIN))
        .isEqualTo(Terms.Move.MOVED);
    write(regions.there, election, voter, THERE, 2);
    copy(regions.there, regions.here, Keys.lease("e", SHARD));
    copy(regions.there, regions.here, Keys.ballot(election, voter));
    Recount recount = recount(election);
    assertThat(named(recount)).isEmpty();
    assertThat(recount.logged()).isEqualTo(Map.of("a", 0L, "b", 1L));
    assertThat(recount.remarks())
        .contains(
            "Shards that were moved to another region: 1; votes of a lost region that gave way to"
                + " later ones: 1");
  }

  private Terms terms(Instant now) {
    return new Terms(table, InstantSource.fixed(now));
  }

  /** Casts a vote for a, as a server does. */
  private void cast(Election election, String voter, String region, long epoch) {
    Casting casting = new Casting(table, 1, InstantSource.fixed(NOW), _ -> {});
    assertThat(casting.cast(election, voter, "a"))
        .isInstanceOfSatisfying(
            Outcome.Stored.class,
            stored -> {
              assertThat(stored.receipt().region()).isEqualTo(region);
              assertThat(stored.receipt().epoch()).isEqualTo(epoch);
            });
  }

  /** Writes a ballot for b without a look at the lease. */
  private static void write(
      MemoryRegion to, Election election, String voter, String region, long epoch) {
    Map<String, AttributeValue> row = new HashMap<>(Keys.ballot(election, voter));
    row.putAll(new Lease(region, epoch).attributes());
    row.put("candidate", Attributes.of("b"));
    row.put("cast", Attributes.of(NOW.toString()));
    to.write("voting", row);
  }

  private static Map<String, AttributeValue> withTerm(Lease lease) {
    Map<String, AttributeValue> attributes = new HashMap<>(lease.attributes());
    attributes.put(Lease.UNTIL, Attributes.of(OPENS.toEpochMilli()));
    return attributes;
  }

  private void forgeLease(Election election, Map<String, AttributeValue> attributes) {
    forgeLease(election, SHARD, attributes);
  }

  private void forgeLease(Election election, int shard, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> row = new HashMap<>(Keys.lease(election.id(), shard));
    row.putAll(attributes);
    regions.here.write("voting", row);
    regions.there.write("voting", row);
  }

  /** Counts both streams, lets the first region know the counts of the second, and audits. */
  private Recount recount(Election election) {
    StreamCount.count(HERE, regions.here);
    StreamCount.count(THERE, regions.there);
    regions.there.rows(COUNTS).forEach(row -> regions.here.write(COUNTS, row));
    return new Auditor(table, election, key()).audit();
  }

  private static PublicKey key() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** Returns the findings but those that nothing was published, since no publisher runs here. */
  private static List<Finding> named(Recount recount) {
    return recount.findings().stream()
        .filter(finding -> !finding.text().endsWith("not published yet"))
        .toList();
  }
}
