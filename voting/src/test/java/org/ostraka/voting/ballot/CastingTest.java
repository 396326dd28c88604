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
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.ThreeMemories;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.Terms;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Casting of votes that wait for each other, and in a region that comes back. */
final class CastingTest {
  private static final Duration MARGIN = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final TwoMemories regions = new TwoMemories();
  private final VoteTable table = regions.table();

  @Test
  void aStaleLeaseGetsNoVoteAndTheNewOneDoes() {
    Election election = regions.declare("e", 2, true);
    Instant end = OPENS.plusSeconds(30);
    assertThat(terms(OPENS).renew(election, 0, HERE, end, Set.of())).isTrue();
    Casting casting = new Casting(table, 1, InstantSource.fixed(end.plusSeconds(100)), _ -> {});
    String voter = voterOf(election, 0, 0);
    assertThat(terms(end.plusSeconds(61)).move(election, 0, HERE, THERE, MARGIN))
        .isEqualTo(Terms.Move.MOVED);
    assertThat(casting.cast(election, voter, "a"))
        .as("the first region knows only its own lease, whose term is over")
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(regions.here.row("voting", Keys.ballot(election, voter))).isEmpty();
    assertThat(regions.there.row("voting", Keys.ballot(election, voter))).isEmpty();

    assertThat(
            terms(end.plusSeconds(99))
                .renew(election, 0, THERE, end.plusSeconds(200), Set.of(HERE)))
        .isTrue();
    TwoMemories.copy(regions.there, regions.here, Keys.lease("e", 0));
    Outcome stored = casting.cast(election, voter, "a");
    assertThat(stored).isInstanceOf(Outcome.Stored.class);
    assertThat(((Outcome.Stored) stored).receipt().region()).isEqualTo(THERE);
    assertThat(((Outcome.Stored) stored).receipt().epoch()).isEqualTo(2);
    assertThat(regions.here.row("voting", Keys.ballot(election, voter))).isEmpty();
  }

  @Test
  void aVoteHasACopyInEachOfOneOrTwoRegions() {
    VoteTable alone = new VoteTable("voting", Map.of(HERE, regions.here));
    InstantSource clock = InstantSource.fixed(OPENS);
    for (int copies : new int[] {0, 2, 3}) {
      VoteTable in = copies == 2 ? alone : table;
      assertThatThrownBy(() -> new Casting(in, copies, clock, _ -> {}))
          .hasMessage("copies: 1, or 2 with two regions");
      assertThatThrownBy(() -> new SecretCasting(in, copies, 1, clock, _ -> {}))
          .hasMessage("copies: 1, or 2 with two regions");
    }
    VoteTable three = new ThreeMemories().table();
    assertThatThrownBy(() -> new Casting(three, 3, clock, _ -> {}))
        .hasMessage("copies: 1, or 2 with two regions");
  }

  @Test
  void votesThatWaitAreWrittenTogetherAndOneThatCannotBeHoldsUpNoOther() throws Exception {
    Election election = regions.declare("e", 4, false);
    Casting casting = new Casting(table, 2, InstantSource.fixed(OPENS), _ -> regions.replicate());
    List<String> here = voters(election, HERE, 16);
    assertThat(casting.cast(election, here.get(15), "a")).isInstanceOf(Outcome.Stored.class);
    AtomicInteger transactions = new AtomicInteger();
    CountDownLatch goOn = new CountDownLatch(1);
    regions.here.beforeEach(operation -> {
      if (operation.equals("TransactWriteItems")) {
        var _ = transactions.incrementAndGet();
        await(goOn);
      }
    });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<String, Future<Outcome>> outcomes = new LinkedHashMap<>();
      for (String voter : here) {
        outcomes.put(voter, threads.submit(() -> casting.cast(election, voter, "b")));
      }
      TwoMemories.await(() -> casting.waiting(HERE) == here.size());
      goOn.countDown();
      for (String voter : here.subList(0, 15)) {
        assertThat(outcomes.get(voter).get())
            .isInstanceOfSatisfying(
                Outcome.Stored.class, stored -> assertThat(stored.isNew()).isTrue());
        assertThat(regions.there.row("voting", Keys.ballot(election, voter))).isNotEmpty();
      }
      assertThat(outcomes.get(here.get(15)).get()).isInstanceOf(Outcome.VotedOtherwise.class);
    }
    assertThat(transactions).as("two under way, the rest, once more").hasValueLessThanOrEqualTo(4);
  }

  @Test
  void anOldLeaseInATransactionHoldsUpNoOther() {
    Election election = regions.declare("e", 2, false);
    List<String> voters = voters(election, HERE, 3);
    BallotWriter writer = new BallotWriter(table, HERE, InstantSource.fixed(OPENS));
    List<BallotWriter.Wanted> wanted = new ArrayList<>();
    for (int at = 0; at < 3; at++) {
      Lease lease = new Lease(HERE, at == 1 ? 2 : 1);
      Instant cast = at == 2 ? OPENS.minusSeconds(3) : OPENS;
      wanted.add(new BallotWriter.Wanted(election, new Ballot(voters.get(at), "a", cast, lease)));
    }
    assertThat(writer.write(wanted))
        .containsExactly(
            new BallotWriter.Written.Done(),
            new BallotWriter.Written.Fenced(),
            new BallotWriter.Written.Late());
    assertThat(writer.write(wanted.subList(0, 1)))
        .containsExactly(new BallotWriter.Written.Before(wanted.getFirst().ballot().row(election)));
    assertThat(regions.here.row("voting", Keys.ballot(election, voters.get(0)))).isNotEmpty();
    assertThat(regions.here.row("voting", Keys.ballot(election, voters.get(1)))).isEmpty();
  }

  @Test
  void eachTransactionIsComparedWithTheTimeWhenItIsSent() {
    Election election = regions.declare("e", 2, true);
    Instant end = OPENS.plusSeconds(1);
    assertThat(terms(OPENS).renew(election, 0, HERE, end, Set.of())).isTrue();
    AtomicReference<Instant> now = new AtomicReference<>(OPENS);
    BallotWriter writer = new BallotWriter(table, HERE, now::get);
    List<BallotWriter.Wanted> wanted =
        IntStream.range(0, 4)
            .mapToObj(skip -> voterOf(election, 0, skip))
            .map(voter -> new Ballot(voter, "a", OPENS, new Lease(HERE, 1)))
            .map(ballot -> new BallotWriter.Wanted(election, ballot))
            .toList();
    assertThat(writer.write(wanted.subList(0, 1))).containsExactly(new BallotWriter.Written.Done());

    regions.here.beforeEach(_ -> now.set(end));
    assertThat(writer.write(wanted.subList(0, 2)).getLast())
        .as("the term ends during the first transaction, which the first vote prevents")
        .isEqualTo(new BallotWriter.Written.Fenced());
    now.set(OPENS);
    regions.here.beforeEach(_ -> now.set(OPENS.plusSeconds(2)));
    assertThat(writer.write(wanted.subList(0, 3)).getLast())
        .as("the first transaction takes too long")
        .isEqualTo(new BallotWriter.Written.Late());
  }

  @Test
  void aMalformedRowIsAnErrorOfItsVoterOnly() throws Exception {
    Election election = regions.declare("e", 4, false);
    Casting casting = new Casting(table, 1, InstantSource.fixed(OPENS), _ -> {});
    List<String> voters = voters(election, HERE, 6);
    Ballot ballot = new Ballot(voters.getLast(), "a", OPENS, new Lease(HERE, 1));
    Map<String, AttributeValue> row = new HashMap<>(ballot.row(election));
    row.put(Ballot.CAST, AttributeValue.fromS("yesterday"));
    regions.here.write("voting", row);
    CountDownLatch goOn = new CountDownLatch(1);
    regions.here.beforeEach(operation -> {
      if (operation.equals("TransactWriteItems")) {
        await(goOn);
      }
    });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<String, Future<Outcome>> outcomes = new LinkedHashMap<>();
      for (String voter : voters) {
        outcomes.put(voter, threads.submit(() -> casting.cast(election, voter, "a")));
      }
      TwoMemories.await(() -> casting.waiting(HERE) == voters.size());
      goOn.countDown();
      for (String voter : voters.subList(0, 5)) {
        assertThat(outcomes.get(voter).get()).isInstanceOf(Outcome.Stored.class);
      }
      assertThatThrownBy(() -> outcomes.get(voters.getLast()).get())
          .hasRootCauseInstanceOf(DateTimeParseException.class);
    }
  }

  /** A slow database gets no transaction for each of those who have waited for it. */
  @Test
  void whatHasWaitedTooLongIsSentAgainWithOthers() throws Exception {
    Election election = regions.declare("e", 4, false);
    AtomicReference<Instant> now = new AtomicReference<>(OPENS);
    Casting casting = new Casting(table, 1, now::get, _ -> {});
    List<String> voters = voters(election, HERE, 6);
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    AtomicInteger transactions = new AtomicInteger();
    regions.here.beforeEach(operation -> {
      if (operation.equals("TransactWriteItems")) {
        await(transactions.incrementAndGet() <= 2 ? first : second);
      }
    });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (String voter : voters) {
        outcomes.add(threads.submit(() -> casting.cast(election, voter, "a")));
      }
      try {
        TwoMemories.await(() -> casting.waiting(HERE) == 6 && transactions.get() == 2);
        now.set(OPENS.plusSeconds(3));
        first.countDown();
        TwoMemories.await(() -> casting.waiting(HERE) == 4 && transactions.get() > 2);
      } finally {
        first.countDown();
        second.countDown();
      }
      for (Future<Outcome> outcome : outcomes) {
        assertThat(outcome.get()).isInstanceOf(Outcome.Stored.class);
      }
    }
  }

  /** Two looks for copies are under way and hang; who waits for a third one does not wait on. */
  @Test
  void whoWaitsForALookAtARegionThatHangsIsToldSo() throws Exception {
    Election election = regions.declare("e", 4, false);
    AtomicReference<Instant> now = new AtomicReference<>(OPENS);
    Casting casting =
        new Casting(
            table, 2, BallotWriter.MAX_TOGETHER, PATIENCE, now::get, _ -> regions.replicate());
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    regions.there.beforeEach(operation -> {
      if (operation.equals("GetItem")) {
        var _ = looks.incrementAndGet();
        await(goOn);
      }
    });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      try {
        for (String voter : voters(election, HERE, 3)) {
          outcomes.add(threads.submit(() -> casting.cast(election, voter, "a")));
          int asked = outcomes.size();
          TwoMemories.await(
              () -> looks.get() == Math.min(asked, 2) && casting.waiting(THERE) == asked);
        }
        now.set(OPENS.plus(PATIENCE));
        assertThat(outcomes.get(2).get())
            .isEqualTo(new Outcome.Unknown("the second region did not answer in time"));
      } finally {
        goOn.countDown();
      }
      assertThat(outcomes.get(0).get()).isInstanceOf(Outcome.Stored.class);
      assertThat(outcomes.get(1).get()).isInstanceOf(Outcome.Stored.class);
    }
    String last = voters(election, HERE, 3).getLast();
    assertThat(casting.cast(election, last, "a"))
        .as("the same vote, sent again")
        .isInstanceOfSatisfying(
            Outcome.Stored.class, stored -> assertThat(stored.isNew()).isFalse());
  }

  /** What was answered as not known, and no transaction had taken, is not written later. */
  @Test
  void whoWaitsForATransactionThatHangsIsToldSoAndIsNotWrittenAfterwards() throws Exception {
    Election election = regions.declare("e", 4, false);
    AtomicReference<Instant> now = new AtomicReference<>(OPENS);
    Casting casting = new Casting(table, 1, BallotWriter.MAX_TOGETHER, PATIENCE, now::get, _ -> {});
    List<String> voters = voters(election, HERE, 3);
    CountDownLatch goOn = new CountDownLatch(1);
    regions.here.beforeEach(operation -> {
      if (operation.equals("TransactWriteItems")) {
        await(goOn);
      }
    });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      try {
        for (String voter : voters) {
          outcomes.add(threads.submit(() -> casting.cast(election, voter, "a")));
          int asked = outcomes.size();
          TwoMemories.await(() -> casting.waiting(HERE) == asked);
        }
        now.set(OPENS.plus(PATIENCE));
        assertThat(outcomes.get(2).get())
            .isEqualTo(new Outcome.Unknown("the database did not answer in time"));
      } finally {
        goOn.countDown();
      }
      assertThat(outcomes.get(0).get()).isInstanceOf(Outcome.Stored.class);
      assertThat(outcomes.get(1).get()).isInstanceOf(Outcome.Stored.class);
    }
    assertThat(regions.here.row("voting", Keys.ballot(election, voters.getLast()))).isEmpty();
  }

  /** The deadline is that of the vote, not of each attempt. */
  @Test
  void aVoteThatOthersAreInTheWayOfIsAnsweredInTime() {
    Election election = regions.declare("e", 2, false);
    AtomicReference<Instant> now = new AtomicReference<>(OPENS);
    Casting casting = new Casting(table, 1, now::get, _ -> {});
    CancellationReason conflict = CancellationReason.builder().code("TransactionConflict").build();
    regions.here.beforeEach(operation -> {
      if (operation.equals("TransactWriteItems")) {
        now.updateAndGet(it -> it.plusMillis(500));
        throw TransactionCanceledException.builder()
            .cancellationReasons(conflict, conflict)
            .build();
      }
    });
    assertThat(casting.cast(election, voterOf(election, 0, 0), "a"))
        .isEqualTo(new Outcome.Unknown("the vote could not be written in time"));
    assertThat(Duration.between(OPENS, now.get()))
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(6_500));
  }

  @Test
  void theTimeForWritingCountsWhenAVoteWaitsForItsCopy() {
    Election election = regions.declare("e", 2, false);
    AtomicReference<Instant> now = new AtomicReference<>(OPENS);
    Casting casting = new Casting(table, 2, now::get, it -> now.updateAndGet(at -> at.plus(it)));
    regions.here.beforeEach(operation -> {
      if (operation.equals("TransactWriteItems")) {
        now.updateAndGet(it -> it.plusSeconds(4));
      }
    });
    assertThat(casting.cast(election, voterOf(election, 0, 0), "a"))
        .isEqualTo(new Outcome.Unknown("the vote is not in a second region yet"));
    assertThat(Duration.between(OPENS, now.get()))
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_200));
  }

  private static List<String> voters(Election election, String region, int wanted) {
    return IntStream.range(0, 10_000)
        .mapToObj(number -> "voter-" + number)
        .filter(voter -> election.homeOf(election.shardOf(voter)).equals(region))
        .limit(wanted)
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private Terms terms(Instant now) {
    return new Terms(table, InstantSource.fixed(now));
  }
}
