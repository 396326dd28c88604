package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.catalogue.RegionOrigin;
import org.ostraka.engine.change.ChangeRecord;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.engine.operation.Passage;
import org.ostraka.engine.region.Peers;
import org.ostraka.model.Bytes;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Version;
import org.ostraka.testkit.random.RandomCase;

/**
 * Three regions with clocks up to five seconds apart, 16 writers in each, cuts between them, and
 * messages that are late, lost, doubled and reordered. {@code -Dostraka.regions.changes=100000}
 * makes a long run of it.
 */
@Timeout(600)
final class ConvergenceTest {
  private static final String TABLE = "votes";
  private static final int WRITERS = 16;
  private static final int CHANGES = Integer.getInteger("ostraka.regions.changes", 2_400);
  private static final int KEYS = 60;

  private final TestNetwork network = new TestNetwork();
  private final List<TestRegion> regions = new ArrayList<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private volatile boolean stormy;

  /** Messages that are late, lost, doubled and reordered. */
  private final class Weather implements Anomalies {
    private final RandomGenerator random;

    private Weather(RandomGenerator random) {
      this.random = random;
    }

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
      if (!stormy) {
        return Passage.CLEAR;
      }
      synchronized (random) {
        int fate = random.nextInt(10);
        return new Passage(
            Duration.ofMillis(random.nextInt(10)),
            fate == 0
                ? Passage.Fate.UNANSWERED
                : fate == 1 ? Passage.Fate.LOST : Passage.Fate.ANSWERED,
            random.nextInt(10) == 0,
            random.nextInt(3) == 0,
            Duration.ZERO);
      }
    }
  }

  @Test
  void allRegionsBecomeEqualAndTheNewestChangeWins(TestInfo info) throws Exception {
    RandomCase random = RandomCase.of(info);
    region("eu-central-1", 0, random.branch(1));
    region("us-east-1", -5, random.branch(2));
    region("ap-south-1", 4, random.branch(3));
    try {
      regions.getFirst().createTable(TABLE);
      addReplica("us-east-1");
      writeThroughCuts(random);
      network.heal();
      stormy = false;
      TestRegion.await("all regions are equal", this::areEqual);
      verify();
    } finally {
      for (TestRegion region : regions) {
        region.close();
      }
    }
  }

  private void region(String name, int aheadSeconds, RandomGenerator random) {
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(aheadSeconds));
    Peers peers =
        new UnsteadyPeers(
            network.from(name), new Weather(random), Clock.systemUTC(), Thread::sleep);
    TestRegion region = new TestRegion(name, clock, peers, random);
    network.add(region);
    regions.add(region);
  }

  /** The third replica is added while the others are written to, which then also begin there. */
  private void writeThroughCuts(RandomCase random) throws Exception {
    CountDownLatch begun = new CountDownLatch(0);
    CountDownLatch third = new CountDownLatch(1);
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < regions.size(); i++) {
        TestRegion region = regions.get(i);
        boolean waits = i == 2;
        for (int writer = 0; writer < WRITERS; writer++) {
          RandomGenerator choices = random.branch(100L * i + writer + 10);
          all.add(writers.submit(() -> writeAfter(waits ? third : begun, region, choices)));
        }
      }
      addReplica("ap-south-1");
      third.countDown();
      cutAndHeal(all, random.branch(4));
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(acknowledged.get()).isEqualTo(regions.size() * WRITERS * perWriter());
  }

  private boolean writeAfter(CountDownLatch start, TestRegion region, RandomGenerator choices)
      throws InterruptedException {
    start.await();
    write(region, choices);
    return true;
  }

  private int perWriter() {
    return CHANGES / WRITERS / regions.size();
  }

  private void cutAndHeal(List<Future<?>> writers, RandomGenerator random) throws Exception {
    stormy = true;
    CountDownLatch never = new CountDownLatch(1);
    while (!writers.stream().allMatch(Future::isDone)) {
      network.heal();
      if (random.nextInt(3) > 0) {
        network.cut(any(random).region(), any(random).region());
        network.cut(any(random).region(), any(random).region());
      }
      assertThat(never.await(20 + random.nextInt(60), TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  private TestRegion any(RandomGenerator random) {
    return regions.get(random.nextInt(regions.size()));
  }

  private void write(TestRegion region, RandomGenerator random) {
    for (int i = 0; i < perWriter(); i++) {
      String key = "key-" + random.nextInt(KEYS);
      if (random.nextInt(4) == 0) {
        region.delete(TABLE, key);
      } else {
        region.put(TABLE, key, "city-" + random.nextInt(5), Long.toHexString(random.nextLong()));
      }
      acknowledged.incrementAndGet();
    }
  }

  private void addReplica(String name) throws InterruptedException {
    TestRegion first = regions.getFirst();
    first.change(TABLE, new ReplicaUpdate(name, null, null, ReplicaSettings.NONE));
    TestRegion.await(
        name + " is a replica",
        () ->
            first.describe(TABLE).global().orElseThrow().members().stream()
                .allMatch(member -> member.state() == GlobalTable.State.ACTIVE));
  }

  private boolean areEqual() {
    Map<Bytes, Version> winners = ReplicatedState.winners(regions, TABLE);
    return regions.stream().allMatch(region -> ReplicatedState.of(region, TABLE).equals(winners));
  }

  private void verify() throws InterruptedException {
    for (TestRegion region : regions) {
      region.stop();
    }
    Map<Bytes, LogRecord> newest = ReplicatedState.newest(regions, TABLE);
    for (TestRegion region : regions) {
      Origin own = RegionOrigin.of(region.region());
      List<LogRecord> records = region.records(TABLE);
      assertThat(records)
          .as("no change came back to %s", region.region())
          .allMatch(record -> record.version().origin().equals(own) != record.isReplicated());
      requireNoHoles(region, records);
      region
          .items(TABLE)
          .forEach((key, row) ->
              assertThat(row.value())
                  .isEqualTo(TestRegion.change(newest.get(key)).after().orElseThrow()));
      assertThat(region.check().named()).isEmpty();
    }
  }

  /** Each record begins with what the one before of the same item has left. */
  private static void requireNoHoles(TestRegion region, List<LogRecord> records) {
    Map<Bytes, Optional<Bytes>> images = new HashMap<>();
    for (LogRecord record : records) {
      ChangeRecord change = TestRegion.change(record);
      Optional<Bytes> before = images.get(change.key());
      if (before != null) {
        assertThat(change.before()).as("the stream of %s", region.region()).isEqualTo(before);
      }
      images.put(change.key(), change.after());
    }
    region
        .items(TABLE)
        .forEach((key, row) ->
            assertThat(images.get(key)).as("the last record").isEqualTo(Optional.of(row.value())));
  }
}
