package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoRegions.await;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.count.Results;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Counts votes while counters and a server are killed and the stream's shards are replaced. */
final class CountingIT {
  private static final int VOTERS = Integer.getInteger("voting.voters", 600);
  private static final int KILLS = Integer.getInteger("voting.kills", 4);
  private static final Instant OPENS = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant CLOSES = Instant.parse("2100-01-01T00:00:00Z");

  @TempDir private Path directory;

  private final Map<Integer, Process> counters = new TreeMap<>();

  @Test
  void everyVoteCountsOnceThroughKillsAndNewShards() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        TwoRegions regions =
            new TwoRegions(directory, "--stream-shards", "3", "--shard-lifetime", "3")) {
      VoteTable table = regions.table("voting");
      Election election =
          new Election(
              "e", List.of("a", "b", "c"), OPENS, CLOSES, new Sharding(8), table.regions());
      regions.declare(table, election);
      regions.create(table.counts());
      startCounter(regions, 0);
      startCounter(regions, 1);
      Future<?> kills = threads.submit(() -> kill(regions, new Random(seed)));
      Map<String, Long> cast = castAll(table, election, threads, new Random(seed));
      kills.get();
      assertThat(new Leases(table).seal(election)).isEqualTo(8);
      Tallies tallies = new Tallies(table.counts());
      await("the count is complete", () -> tallies.of(election).isComplete());
      await(
          "the other region knows it",
          () -> tallies.of(election, TwoRegions.SECOND).equals(tallies.of(election)));
      Results results = tallies.of(election);
      assertThat(results.votes()).as("-Dseed=%s", seed).isEqualTo(VOTERS);
      cast.forEach((candidate, votes) ->
          assertThat(results.votes(candidate)).as("-Dseed=%s", seed).isEqualTo(votes));
      assertThat(results.byRegion()).containsOnlyKeys(TwoRegions.FIRST, TwoRegions.SECOND);
      assertThat(results.changed()).isZero();
      change(table, election);
      await("the change is counted", () -> tallies.of(election).changed() == 1);
      assertThat(tallies.of(election).byRegion()).isEqualTo(results.byRegion());
    } finally {
      counters.values().forEach(counter -> counter.toHandle().destroyForcibly());
    }
  }

  /** Casts the votes of all voters, each until it is stored; returns the votes by candidate. */
  private static Map<String, Long> castAll(
      VoteTable table, Election election, ExecutorService threads, Random random) throws Exception {
    Casting casting = new Casting(table, 1, InstantSource.system(), Connections::pause);
    List<Future<String>> votes = new ArrayList<>();
    for (int voter = 0; voter < VOTERS; voter++) {
      String name = "voter-" + voter;
      String candidate = election.candidates().get(random.nextInt(3));
      votes.add(
          threads.submit(() -> {
            await(
                name + " has voted",
                () -> casting.cast(election, name, candidate) instanceof Outcome.Stored);
            return candidate;
          }));
      if (voter % 20 == 0) {
        votes.getLast().get();
      }
    }
    Map<String, Long> cast = new TreeMap<>();
    for (Future<String> vote : votes) {
      var _ = cast.merge(vote.get(), 1L, Long::sum);
    }
    return cast;
  }

  private Optional<Void> kill(TwoRegions regions, Random random) throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      int counter = random.nextInt(2);
      counters.get(counter).toHandle().destroyForcibly();
      var _ = counters.get(counter).waitFor();
      startCounter(regions, counter);
    }
    regions.kill(TwoRegions.SECOND);
    regions.start(TwoRegions.SECOND);
    return Optional.empty();
  }

  /** Overwrites the candidate of a ballot, as somebody with access to the table could. */
  private static void change(VoteTable table, Election election) {
    Map<String, AttributeValue> ballot = Keys.ballot(election, "voter-0");
    var _ =
        table
            .in(TwoRegions.FIRST)
            .updateItem(it ->
                it.tableName(table.name())
                    .key(ballot)
                    .updateExpression("SET candidate = :x")
                    .expressionAttributeValues(Map.of(":x", AttributeValue.fromS("x"))));
  }

  private void startCounter(TwoRegions regions, int counter) throws Exception {
    List<String> count = new ArrayList<>(List.of("count", "--lease", "1"));
    count.addAll(regions.regionOptions());
    Process before =
        counters.put(counter, Voting.start(directory.resolve("counter-" + counter), count));
    assertThat(before == null || !before.isAlive()).isTrue();
  }
}
