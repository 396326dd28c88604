package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.delivery.BackOff;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.engine.operation.Passage;
import org.ostraka.engine.operation.Passage.Fate;
import org.ostraka.engine.region.Association;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.Peers;
import org.ostraka.model.Bytes;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;
import org.ostraka.testkit.random.RandomCase;

/** Several batches of a shard on their way at once: what arrives when, and where the cursor is. */
final class ShardSendingTest {
  private static final Region THERE = new Region("eu-west-1");
  private static final int RECORDS = 600;
  private static final int RESTARTS = 8;

  private final ReplicationStatus status = new ReplicationStatus();
  private final AtomicBoolean lost = new AtomicBoolean();
  private final There there = new There();
  private final RecordFeed feed = new RecordFeed(there.positions, RECORDS);
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  @Timeout(60)
  void laterBatchesArriveWhileTheFirstIsUnderWayAndTheCursorWaitsForIt() throws Exception {
    there.held.add(1L);
    Future<?> sending = executor.submit(() -> consume(there));
    TestRegion.await(
        "as many as may be are under way", () -> there.batches() == BatchesUnderWay.MAX);
    assertThat(there.positions).doesNotContain(1L).hasSizeGreaterThan(2);
    assertThat(feed.taken()).isEqualTo(there.positions.size() + there.waiting());
    assertThat(feed.cursor()).isZero();
    assertThat(durable()).isEqualTo(Stamp.ZERO);
    there.release.countDown();
    sending.get();
    assertThat(feed.cursor()).isEqualTo(RECORDS);
    assertThat(durable()).isEqualTo(new Stamp(RECORDS));
    assertThat(there.positions).hasSize(RECORDS);
    assertThat(lost).isFalse();
  }

  @Test
  void nothingIsMissingAfterLossesDuplicatesReorderingAndRestarts(TestInfo info) throws Exception {
    RandomCase random = RandomCase.of(info);
    Peers network =
        new UnsteadyPeers(there, new Weather(random.branch(1)), Clock.systemUTC(), Thread::sleep);
    RandomGenerator restarts = random.branch(2);
    for (int i = 0; i < RESTARTS && feed.cursor() < RECORDS; i++) {
      Thread sending = begin(network);
      int enough = there.batches() + 1 + restarts.nextInt(20);
      TestRegion.await(
          "it has gone on", () -> there.batches() >= enough || feed.cursor() == RECORDS);
      sending.interrupt();
      sending.join();
    }
    assertThat(begin(network).join(Duration.ofMinutes(1))).isTrue();
    assertThat(feed.cursor()).isEqualTo(RECORDS);
    assertThat(there.positions).hasSize(RECORDS);
    assertThat(feed.isCursorTooFar()).isFalse();
    there.newest.forEach((key, version) -> assertThat(version).isEqualTo(feed.newest(key)));
  }

  private Thread begin(Peers network) {
    feed.restart();
    Peer peer = network.to(THERE).orElseThrow();
    return Thread.startVirtualThread(() -> {
      try {
        consume(peer);
      } catch (InterruptedException _) {
        // The next one goes on behind what is stored.
      }
    });
  }

  private Stamp durable() {
    return status.durable(RecordFeed.TABLE, THERE, feed.shardId());
  }

  private boolean consume(Peer peer) throws InterruptedException {
    BackOff backOff =
        new BackOff(
            Duration.ofMillis(1),
            Duration.ofMillis(4),
            RandomGenerator.getDefault(),
            Thread::sleep);
    ReplicaConsumer.Sending sending =
        new ReplicaConsumer.Sending(
            status,
            () -> Stamp.ZERO,
            executor,
            Clock.systemUTC(),
            backOff,
            (_, _) -> lost.set(true));
    TableArn target =
        new TableArn(
            new Owner(RecordFeed.TABLE.owner().account(), THERE), RecordFeed.TABLE.table());
    new ReplicaConsumer(sending, RecordFeed.TABLE, target, new UUID(1, 1), peer).consume(feed);
    return true;
  }

  /** Faults of every kind but a cut, which only repeats a loss. */
  private record Weather(RandomGenerator random) implements Anomalies {
    @Override
    public boolean transactionsConflict() {
      return false;
    }

    @Override
    public OptionalInt conflictAmong(int actions) {
      return OptionalInt.empty();
    }

    @Override
    public Passage passage() {
      synchronized (random) {
        return new Passage(
            Duration.ofMillis(random.nextInt(3)),
            random.nextInt(4) == 0
                ? Fate.LOST
                : random.nextInt(4) == 0 ? Fate.UNANSWERED : Fate.ANSWERED,
            random.nextInt(4) == 0,
            random.nextInt(3) == 0,
            Duration.ZERO);
      }
    }
  }

  /** The other region: what has arrived, and the newest change of each item. Any thread. */
  private static final class There implements Peers, Peer {
    /** The stamps of what has arrived, which are the positions of the feed. */
    private final Set<Long> positions = ConcurrentHashMap.newKeySet();

    private final Map<Bytes, Version> newest = new ConcurrentHashMap<>();

    /** Batches that begin with one of these wait until they are released. */
    private final Set<Long> held = ConcurrentHashMap.newKeySet();

    private final CountDownLatch release = new CountDownLatch(1);
    private int batches;
    private int waiting;

    /** Returns how many batches have arrived, or wait to be released. */
    synchronized int batches() {
      return batches;
    }

    /** Returns how many changes wait to be released. */
    synchronized int waiting() {
      return waiting;
    }

    private synchronized void count(int changesThatWait) {
      batches++;
      waiting += changesThatWait;
    }

    @Override
    public Association.Answer associate(Association association) {
      throw new UnsupportedOperationException("nothing is associated");
    }

    @Override
    public Optional<Integer> apply(ChangeBatch batch) {
      boolean waits = held.contains(batch.changes().getFirst().version().stamp().value());
      if (waits) {
        count(batch.changes().size());
        try {
          release.await();
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          return Optional.empty();
        }
      }
      for (ChangeBatch.Change change : batch.changes()) {
        newest.merge(
            change.key(), change.version(), (one, two) -> one.compareTo(two) > 0 ? one : two);
        positions.add(change.version().stamp().value());
      }
      if (!waits) {
        count(0);
      }
      return Optional.of(0);
    }

    @Override
    public Optional<Peer> to(Region region) {
      return Optional.of(this);
    }

    @Override
    public List<Region> regions() {
      return List.of(THERE);
    }

    @Override
    public Optional<Table> find(TableArn table) {
      return Optional.empty();
    }

    @Override
    public Optional<GroupMessage> tell(GroupMessage message) {
      return Optional.empty();
    }
  }
}
