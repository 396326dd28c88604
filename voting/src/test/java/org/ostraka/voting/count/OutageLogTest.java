package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.CLOSES;
import static org.ostraka.voting.TwoMemories.HERE;
import static org.ostraka.voting.TwoMemories.OPENS;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.voting.MemoryStream;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.ballot.Ballot;
import org.ostraka.voting.ballot.Pause;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Counters and sealers say once that a region is away, and not each time that they look. */
@Timeout(60)
final class OutageLogTest {
  private static final Duration AWAY = Duration.ofSeconds(400);
  // The pauses of a counter between looks for shards, and after a shard has failed.
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

  private final AtomicReference<Instant> now = new AtomicReference<>(OPENS);
  private final InstantSource clock = now::get;
  private final TwoMemories regions = new TwoMemories();
  private final Election election = regions.declare("e", 2, false);
  private final LoggedLines logged = new LoggedLines();
  private final OutageLog outage =
      new OutageLog(logged, "it is not done", "it is done again", clock);

  @Test
  void thePartsOfAnOutageShareItsLines() {
    outage.failed("b", away());
    assertThat(logged.lines()).as("it may be over in a moment").isEmpty();
    pass(1);
    outage.failed("b", away());
    outage.failed("a", away());
    pass(100);
    outage.failed("a", away());
    outage.succeeded("b");
    outage.failed("b", away());
    pass(200);
    outage.failed("a", away());
    outage.succeeded("a");
    pass(9);
    outage.succeeded("b");
    outage.succeeded("b");
    assertThat(logged.lines())
        .containsExactly(
            "WARNING it is not done: b: nobody listens",
            "WARNING it is not done, for 301 s now: a, b; the last failure: nobody listens",
            "INFO it is done again, after 310 s");
  }

  @Test
  void anotherOutageHasLinesOfItsOwnAndShortFailuresHaveNone() {
    for (int times = 0; times < 3; times++) {
      outage.failed("a", away());
      outage.succeeded("a");
    }
    assertThat(logged.lines()).isEmpty();
    for (int times = 0; times < 2; times++) {
      outage.failed("a", away());
      pass(1);
      outage.failed("a", away());
      outage.succeeded("a");
    }
    String begins = "WARNING it is not done: a: nobody listens";
    String ends = "INFO it is done again, after 1 s";
    assertThat(logged.lines()).containsExactly(begins, ends, begins, ends);
  }

  @Test
  void whatNoDatabaseCausedHasAStackTraceForEachPart() {
    for (int second = 0; second < 302; second++) {
      outage.failed("a", new IllegalStateException("a row without x"));
      outage.failed("b", new IllegalStateException("a row without y"));
      pass(1);
    }
    String a = "ERROR it is not done: a - java.lang.IllegalStateException: a row without x";
    String b = "ERROR it is not done: b - java.lang.IllegalStateException: a row without y";
    assertThat(logged.lines()).containsExactly(a, b, a, b);
    outage.succeeded("a");
    outage.failed("a", new IllegalStateException("a row without x"));
    assertThat(logged.lines()).hasSize(5);
  }

  @Test
  void aSealerLogsThatARegionIsAwayWhenItBeginsAndEnds() {
    now.set(CLOSES.plus(Leases.GRACE).plusMillis(1));
    Instant back = now.get().plus(AWAY);
    regions.there.goAway();
    Leases leases = new Leases(regions.table());
    Pause pause =
        duration -> {
          pass(duration);
          if (now.get().isAfter(back.plusSeconds(10))) {
            Thread.currentThread().interrupt();
          } else if (!now.get().isBefore(back)) {
            regions.there.beforeEach(_ -> {});
          }
        };
    new Sealer(new Elections(regions.table()), leases, clock, pause, logged).run();
    assertThat(Thread.interrupted()).isTrue();
    String cause =
        "sealed 0 shards now; 1 of 2 cannot be sealed, the first is shard 1: nobody listens";
    assertThat(logged.lines())
        .containsExactly(
            "WARNING closed elections are not sealed: e: " + cause,
            "WARNING closed elections are not sealed, for 302 s now: e; the last failure: " + cause,
            "INFO closed elections are sealed again, after 400 s");
    assertThat(Lease.of(regions.there.row("voting", Keys.lease("e", 1))).isSealed()).isTrue();
  }

  @Test
  void aCounterLogsThatItsRegionIsAwayWhenItBeginsAndEnds() throws Exception {
    regions.here.goAway();
    assertThat(linesOfCounter(LOOK))
        .containsExactly(
            "WARNING votes of %s are not counted as they come: the list of shards: nobody listens"
                .formatted(HERE),
            ("WARNING votes of %s are not counted as they come, for 301 s now: the list of shards;"
                    + " the last failure: nobody listens")
                .formatted(HERE),
            "INFO votes of %s are counted again, after 400 s".formatted(HERE));
  }

  @Test
  void aCounterLogsThatAShardFailsWhenItBeginsAndEnds() throws Exception {
    regions.here.beforeEach(operation -> {
      if (operation.equals("TransactWriteItems")) {
        throw away();
      }
    });
    assertThat(linesOfCounter(AFTER_FAILURE))
        .containsExactly(
            "WARNING votes of %s are not counted as they come: shard-1: nobody listens"
                .formatted(HERE),
            ("WARNING votes of %s are not counted as they come, for 301 s now: shard-1; the last"
                    + " failure: nobody listens")
                .formatted(HERE),
            "INFO votes of %s are counted again, after 400 s".formatted(HERE));
  }

  /**
   * Counts a vote; what fails does so for 400 seconds.
   *
   * @param step the pauses of the counter in which time passes
   */
  private List<String> linesOfCounter(Duration step) throws Exception {
    Instant back = now.get().plus(AWAY);
    Pause pause =
        duration -> {
          if (duration.equals(step)) {
            pass(duration);
          }
          if (!now.get().isBefore(back)) {
            regions.here.beforeEach(_ -> {});
          }
          // The threads of the counter share the cores.
          LockSupport.parkNanos(100_000);
        };
    writeBallot();
    VoteTable table = new VoteTable("voting", Map.of(HERE, regions.here));
    VoteStream stream = new VoteStream(table, HERE, new MemoryStream(regions.here, "voting", true));
    Map<String, Map<String, Long>> counted = Map.of(HERE, Map.of("a", 1L));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Counting counting =
          new Counting(
              stream,
              table.counts(),
              new Elections(table)::find,
              "counter",
              Duration.ofSeconds(10),
              threads,
              clock,
              pause,
              logged);
      try {
        threads.execute(counting::run);
        TwoMemories.await(() -> logged.lines().size() > 2 && counted.equals(counted(table)));
      } finally {
        counting.stop();
      }
      return logged.lines();
    }
  }

  private Map<String, Map<String, Long>> counted(VoteTable table) {
    return new Tallies(table.counts()).of(election, HERE).byRegion();
  }

  private void writeBallot() {
    Map<String, AttributeValue> ballot =
        new HashMap<>(Keys.ballot(election, TwoMemories.voterOf(election, 0, 0)));
    ballot.putAll(new Lease(HERE, 1).attributes());
    ballot.put(Ballot.CANDIDATE, Attributes.of("a"));
    ballot.put(Ballot.CAST, Attributes.of(OPENS.toString()));
    regions.here.write("voting", ballot);
  }

  private static RuntimeException away() {
    return SdkClientException.create("nobody listens");
  }

  private void pass(int seconds) {
    pass(Duration.ofSeconds(seconds));
  }

  private void pass(Duration time) {
    now.set(now.get().plus(time));
  }
}
