package org.ostraka.voting.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;
import static org.ostraka.voting.TwoMemories.THERE;
import static org.ostraka.voting.TwoMemories.voterOf;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Votes of a secret election: two rows each, which have nothing in common. */
@Timeout(60)
final class SecretCastingTest {
  private static final int MIX = 4;
  private static final String NUMBER = "0123456789abcdef0123456789abcdef";

  private final TwoMemories regions = new TwoMemories();
  private final VoteTable table = regions.table();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<Instant> now = new AtomicReference<>(OPENS.plusSeconds(4_000));
  private final InstantSource clock = now::get;
  private final SecretCasting casting = new SecretCasting(table, 1, MIX, clock, _ -> {});

  @AfterEach
  void end() {
    threads.close();
  }

  @Test
  void theRowsOfAVoteHaveNothingInCommonButRegionAndEpoch() throws Exception {
    Election election = declare();
    assertThat(castTogether(election, 0, MIX)).allMatch(Outcome.Stored.class::isInstance);
    List<Map<String, AttributeValue>> marks = rows(Keys.VOTER);
    List<Map<String, AttributeValue>> ballots = rows(Keys.SECRET);
    assertThat(marks).hasSize(MIX);
    assertThat(ballots).hasSize(MIX);
    for (Map<String, AttributeValue> mark : marks) {
      assertThat(mark).containsOnlyKeys("PK", "SK", "region", "epoch");
    }
    for (Map<String, AttributeValue> ballot : ballots) {
      assertThat(ballot).containsOnlyKeys("PK", "SK", "region", "epoch", "candidate", "cast");
      assertThat(ballot.get("cast").s()).as("the hour only").endsWith("T09:00:00Z");
    }
  }

  /** Whoever sees the requests of a new vote learns no more than from its transaction. */
  @Test
  void noReadOfANewVoteHasItsBallotWithoutThoseWrittenTogetherWithIt() throws Exception {
    Election election = declare();
    // Copies come one by one, those of ballots before those of voters.
    AtomicInteger looks = new AtomicInteger();
    SecretCasting two =
        new SecretCasting(
            table,
            2,
            MIX,
            clock,
            _ -> {
              List<Map<String, AttributeValue>> rows = new ArrayList<>(rows(Keys.SECRET));
              rows.addAll(rows(Keys.VOTER));
              rows.stream()
                  .limit(looks.getAndIncrement())
                  .forEach(row -> TwoMemories.copy(regions.here, regions.there, Keys.of(row)));
            });
    assertThat(castTogether(two, election, 0, MIX)).allMatch(Outcome.Stored.class::isInstance);
    assertThat(looks).as("looks before all had come").hasValueGreaterThan(2 * MIX);
    List<String> inOrder =
        Stream.concat(
                IntStream.range(0, MIX).mapToObj(it -> Keys.VOTER + voter(election, it)).sorted(),
                IntStream.range(0, MIX).mapToObj(it -> Keys.SECRET + number(it)))
            .toList();
    List<List<String>> reads =
        Stream.concat(regions.here.reads().stream(), regions.there.reads().stream())
            .map(read -> read.stream().map(key -> key.get(Keys.SORT).s()).toList())
            .filter(read -> read.stream().anyMatch(sort -> sort.startsWith(Keys.SECRET)))
            .toList();
    assertThat(reads).hasSizeGreaterThan(2 * MIX - 1).allMatch(inOrder::equals);
  }

  @Test
  void copiesAreSeenThoughEachLookHasOnlySomeOfTheRows() throws Exception {
    Election election = declare();
    SecretCasting two = new SecretCasting(table, 2, MIX, clock, _ -> regions.replicate());
    regions.there.readAtMost(3);
    assertThat(castTogether(two, election, 0, MIX)).allMatch(Outcome.Stored.class::isInstance);
  }

  @Test
  void votesWaitUntilEnoughAreTogether() throws Exception {
    Election election = declare();
    Future<Outcome> first = threads.submit(() -> cast(election, 0));
    AtomicInteger steps = new AtomicInteger();
    TwoMemories.await(() -> {
      now.updateAndGet(it -> it.plusMillis(10));
      return steps.incrementAndGet() > 10;
    });
    assertThat(rows(Keys.VOTER)).isEmpty();
    assertThat(first).isNotDone();
    List<Future<Outcome>> others = new ArrayList<>();
    for (int voter = 1; voter < MIX; voter++) {
      int which = voter;
      others.add(threads.submit(() -> cast(election, which)));
    }
    TwoMemories.await(() -> {
      now.updateAndGet(it -> it.plusMillis(10));
      return first.isDone() && others.stream().allMatch(Future::isDone);
    });
    assertThat(first.get()).isInstanceOf(Outcome.Stored.class);
    for (Future<Outcome> other : others) {
      assertThat(other.get()).isInstanceOf(Outcome.Stored.class);
    }
  }

  @Test
  void aVoteWithoutCompanyIsNotWritten() throws Exception {
    Election election = declare();
    Future<Outcome> alone = threads.submit(() -> cast(election, 0));
    TwoMemories.await(() -> {
      now.updateAndGet(it -> it.plus(Duration.ofSeconds(6)));
      return alone.isDone();
    });
    assertThat(alone.get())
        .isEqualTo(new Outcome.Unknown("too few vote at this moment for a vote to stay secret"));
    assertThat(rows(Keys.VOTER)).isEmpty();
  }

  @Test
  void aVoteThatIsSentAgainHasTheSameReceiptAndNoOtherVoteHas() throws Exception {
    Election election = declare();
    List<Outcome> first = castTogether(election, 0, MIX);
    Outcome again = cast(election, 0);
    assertThat(((Outcome.Stored) again).receipt())
        .isEqualTo(((Outcome.Stored) first.getFirst()).receipt());
    assertThat(((Outcome.Stored) again).isNew()).isFalse();
    assertThat(casting.cast(election, voter(election, 0), "b", number(0)))
        .isEqualTo(new Outcome.VotedOtherwise());
    assertThat(casting.cast(election, voter(election, 0), "a", NUMBER))
        .isEqualTo(new Outcome.VotedOtherwise());
    assertThat(rows(Keys.SECRET)).hasSize(MIX);
  }

  @Test
  void aBallotNumberThatIsTakenRefusesOneVoteAndNoOther() throws Exception {
    Election election = declare();
    assertThat(castTogether(election, 0, MIX)).allMatch(Outcome.Stored.class::isInstance);
    List<Future<Outcome>> next = new ArrayList<>();
    String taken = number(0);
    next.add(threads.submit(() -> casting.cast(election, voter(election, 50), "a", taken)));
    for (int voter = 10; voter < 10 + MIX; voter++) {
      int which = voter;
      next.add(threads.submit(() -> cast(election, which)));
    }
    Set<Outcome> others = new HashSet<>();
    TwoMemories.await(() -> {
      now.updateAndGet(it -> it.plusMillis(10));
      return next.stream().allMatch(Future::isDone);
    });
    for (Future<Outcome> outcome : next.subList(1, next.size())) {
      others.add(outcome.get());
    }
    assertThat(next.getFirst().get()).isEqualTo(new Outcome.NumberTaken());
    assertThat(others).hasSize(MIX).allMatch(Outcome.Stored.class::isInstance);
    assertThat(rows(Keys.VOTER)).hasSize(2 * MIX);
  }

  @Test
  void aSealedShardGetsNeitherRow() throws Exception {
    Election election = declare();
    assertThat(new Leases(table).seal(election)).isEqualTo(8);
    assertThat(castTogether(election, 0, MIX)).containsOnly(new Outcome.NotOpen());
    assertThat(rows(Keys.VOTER)).isEmpty();
    assertThat(rows(Keys.SECRET)).isEmpty();
  }

  @Test
  void aVoteIsRefusedWhenTheShardOfItsVoterOrOfItsBallotIsSealed() throws Exception {
    Election election = declare();
    Map<String, AttributeValue> lease =
        new HashMap<>(regions.here.row("voting", Keys.lease("e", 0)));
    lease.put(Lease.SEALED, AttributeValue.fromBool(true));
    regions.here.write("voting", lease);
    SecretCasting alone = new SecretCasting(table, 1, 1, clock, _ -> {});
    int ofVoter = vote(it -> isVoterOfShard0(election, it) && !isBallotOfShard0(election, it));
    int ofBallot = vote(it -> !isVoterOfShard0(election, it) && isBallotOfShard0(election, it));
    int ofNeither = vote(it -> !isVoterOfShard0(election, it) && !isBallotOfShard0(election, it));
    assertThat(castTogether(alone, election, ofVoter, 1)).containsExactly(new Outcome.NotOpen());
    assertThat(castTogether(alone, election, ofBallot, 1)).containsExactly(new Outcome.NotOpen());
    assertThat(castTogether(alone, election, ofNeither, 1))
        .allMatch(Outcome.Stored.class::isInstance);
    assertThat(rows(Keys.VOTER)).hasSize(1);
  }

  private static int vote(IntPredicate which) {
    return IntStream.range(0, 100).filter(which).findFirst().orElseThrow();
  }

  private static boolean isVoterOfShard0(Election election, int vote) {
    return election.shardOf(voter(election, vote)) == 0;
  }

  private static boolean isBallotOfShard0(Election election, int vote) {
    return election.boxOf(number(vote), HERE) == 0;
  }

  @Test
  void aSecretElectionHasNoTerms() {
    Election election = declare();
    Elections elections = new Elections(table);
    assertThatThrownBy(() -> elections.declare(election, OPENS, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(elections.find("e")).contains(election);
  }

  private Election declare() {
    Election open =
        new Election(
            "e",
            List.of("a", "b"),
            OPENS,
            TwoMemories.CLOSES,
            new Sharding(8),
            List.of(HERE, THERE));
    Election election = open.secret();
    boolean _ = new Elections(table).declare(election, OPENS);
    regions.replicate();
    return election;
  }

  private List<Outcome> castTogether(Election election, int from, int votes) throws Exception {
    return castTogether(casting, election, from, votes);
  }

  private List<Outcome> castTogether(SecretCasting by, Election election, int from, int votes)
      throws Exception {
    List<Future<Outcome>> outcomes = new ArrayList<>();
    for (int voter = from; voter < from + votes; voter++) {
      int which = voter;
      outcomes.add(
          threads.submit(() -> by.cast(election, voter(election, which), "a", number(which))));
    }
    TwoMemories.await(() -> {
      now.updateAndGet(it -> it.plusMillis(10));
      return outcomes.stream().allMatch(Future::isDone);
    });
    List<Outcome> done = new ArrayList<>();
    for (Future<Outcome> outcome : outcomes) {
      done.add(outcome.get());
    }
    return done;
  }

  private Outcome cast(Election election, int voter) {
    return casting.cast(election, voter(election, voter), "a", number(voter));
  }

  /** Returns a voter whose home is the first region. */
  private static String voter(Election election, int number) {
    return voterOf(election, 2 * (number % 4), number / 4);
  }

  private static String number(int voter) {
    return "%032x".formatted(voter);
  }

  private List<Map<String, AttributeValue>> rows(String prefix) {
    return regions.here.rows("voting").stream()
        .filter(row -> row.get("SK").s().startsWith(prefix))
        .toList();
  }
}
