package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoRegions.FIRST;
import static org.ostraka.voting.TwoRegions.SECOND;
import static org.ostraka.voting.TwoRegions.await;

import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.Terms;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.recount.Auditor;
import org.ostraka.voting.recount.Finding;

/**
 * Moves the leases of a lost region: it stops by itself before, and a voter whom it accepted last
 * counts once.
 */
@Timeout(300)
final class MoveIT {
  private static final int SHARDS = 4;
  private static final int FIRST_OF_MANY = 10;
  private static final Duration TERM = Duration.ofSeconds(10);
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir private Path directory;

  @Test
  void aLostRegionStopsByItselfAndItsVotersVoteOnceElsewhere() throws Exception {
    Process counter = null;
    try (TwoRegions regions = new TwoRegions(directory)) {
      VoteTable table = regions.table("voting");
      Election election =
          new Election(
              "e",
              List.of("a", "b"),
              Instant.parse("2020-01-01T00:00:00Z"),
              Instant.parse("2100-01-01T00:00:00Z"),
              new Sharding(SHARDS),
              table.regions());
      regions.declare(table, election, true);
      regions.create(table.counts());
      int shard = election.homeOf(0).equals(SECOND) ? 0 : 1;
      List<String> voters = votersOf(election, shard);
      assertThat(casting(table).cast(election, voters.get(0), "a"))
          .as("no region has granted a term")
          .isInstanceOf(Outcome.Unknown.class);
      renew(table, election, FIRST, Set.of());
      renew(table, election, SECOND, Set.of());
      stored(casting(table).cast(election, voters.get(0), "a"), SECOND, 1);
      await(
          "the first ballot is in both regions",
          () -> table.read(FIRST, Keys.ballot(election, voters.get(0))).isPresent());
      assertThat(
              new Terms(table, CLOCK).move(election, shard(election, voters), SECOND, FIRST, TERM))
          .as("its term is not over")
          .isEqualTo(Terms.Move.NOT_YET);
      cutOff(regions, table, election, voters);
      moveToFirst(regions, table, election, voters);
      counter = Voting.start(directory.resolve("counter"), command(regions, "count"));
      count(table, election);
    } finally {
      if (counter != null) {
        counter.toHandle().destroyForcibly();
      }
    }
  }

  /** The second region hears nothing of the first: it accepts votes until its terms end. */
  private static void cutOff(
      TwoRegions regions, VoteTable table, Election election, List<String> voters)
      throws Exception {
    renew(table, election, SECOND, Set.of());
    regions.kill(FIRST);
    Casting alone =
        new Casting(
            new VoteTable("voting", Map.of(SECOND, table.in(SECOND))),
            1,
            CLOCK,
            Connections::pause);
    stored(alone.cast(election, voters.get(1), "a"), SECOND, 1);
    AtomicInteger next = new AtomicInteger(FIRST_OF_MANY);
    await(
        "its terms end",
        () ->
            alone.cast(election, voters.get(next.getAndIncrement()), "a")
                instanceof Outcome.Unknown);
    assertThat(next).as("votes until then").hasValueGreaterThan(FIRST_OF_MANY + 1);
    assertThat(alone.cast(election, voters.get(3), "a")).isInstanceOf(Outcome.Unknown.class);
    regions.kill(SECOND);
    regions.start(FIRST);
  }

  private void moveToFirst(
      TwoRegions regions, VoteTable table, Election election, List<String> voters)
      throws Exception {
    List<String> own = regions.regionOptions().subList(0, 2);
    List<String> move =
        new ArrayList<>(List.of("move", "--election", "e", "--from", SECOND, "--margin", "1"));
    move.addAll(own);
    assertThat(Voting.run(directory, move)).contains("status 0", "MOVED=2", "NOT_THERE=2");
    renew(table, election, FIRST, Set.of(SECOND));
    Casting first =
        new Casting(
            new VoteTable("voting", Map.of(FIRST, table.in(FIRST))), 1, CLOCK, Connections::pause);
    stored(first.cast(election, voters.get(0), "a"), SECOND, 1);
    stored(first.cast(election, voters.get(1), "b"), FIRST, 2);
    stored(first.cast(election, voters.get(3), "b"), FIRST, 2);
    regions.start(SECOND);
    await(
        "the second region has the later ballot",
        () ->
            table
                .read(SECOND, Keys.ballot(election, voters.get(1)))
                .filter(row -> row.get("candidate").s().equals("b"))
                .isPresent());
    assertThat(
            new Terms(table, CLOCK)
                .renew(
                    election, shard(election, voters), SECOND, Instant.now().plus(TERM), Set.of()))
        .as("the lost region gets no term any more")
        .isFalse();
    renew(table, election, FIRST, Set.of());
    assertThat(casting(table).cast(election, voters.get(1), "a"))
        .isInstanceOf(Outcome.VotedOtherwise.class);
  }

  /** What the lost region had accepted last is counted, and taken back. */
  private static void count(VoteTable table, Election election) throws Exception {
    assertThat(new Leases(table).seal(election)).isEqualTo(SHARDS);
    Tallies tallies = new Tallies(table.counts());
    await("the count is complete", () -> tallies.of(election).isComplete());
    var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    await(
        "ballots, logs and tallies are the same",
        () -> {
          var recount = new Auditor(table, election, key).audit();
          return recount.ballots().equals(recount.logged())
              && recount.ballots().equals(recount.tallied())
              && recount.findings().stream()
                  .allMatch(it ->
                      it.kind() == Finding.Kind.OTHER && it.text().endsWith("not published yet"));
        });
    assertThat(tallies.of(election).votes("b")).isEqualTo(2);
  }

  private static void renew(VoteTable table, Election election, String region, Set<String> lost) {
    Terms terms = new Terms(table, CLOCK);
    int renewed = 0;
    for (int shard = 0; shard < SHARDS; shard++) {
      renewed += terms.renew(election, shard, region, CLOCK.instant().plus(TERM), lost) ? 1 : 0;
    }
    assertThat(renewed).as("leases of " + region).isPositive();
  }

  private static int shard(Election election, List<String> voters) {
    return election.shardOf(voters.getFirst());
  }

  private static void stored(Outcome outcome, String region, long epoch) {
    assertThat(outcome).isInstanceOf(Outcome.Stored.class);
    Outcome.Stored stored = (Outcome.Stored) outcome;
    assertThat(stored.receipt().region()).isEqualTo(region);
    assertThat(stored.receipt().epoch()).isEqualTo(epoch);
  }

  private static Casting casting(VoteTable table) {
    return new Casting(table, 1, CLOCK, Connections::pause);
  }

  /** Returns voters of one shard, which has its home in a region. */
  private static List<String> votersOf(Election election, int shard) {
    return IntStream.range(0, 20_000)
        .mapToObj(voter -> "voter-" + voter)
        .filter(voter -> election.shardOf(voter) == shard)
        .toList();
  }

  private static List<String> command(TwoRegions regions, String word) {
    List<String> command = new ArrayList<>(List.of(word));
    command.addAll(regions.regionOptions());
    return command;
  }
}
