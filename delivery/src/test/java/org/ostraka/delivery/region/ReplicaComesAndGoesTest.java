package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.model.Bytes;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Version;
import org.ostraka.testkit.random.RandomCase;

/**
 * Two regions are written to, of which one has a clock that is ahead. A third one becomes a replica
 * and ceases to be one, as either of them asks, while wires between all three are cut. After each
 * round all have what the two have written. {@code -Dostraka.regions.rounds=200} makes a long run
 * of it.
 */
@Timeout(1200)
final class ReplicaComesAndGoesTest {
  private static final String TABLE = "votes";
  private static final Region HERE = new Region("eu-central-1");
  private static final Region AWAY = new Region("ap-south-1");
  private static final Region THERE = new Region("us-east-1");
  private static final List<Region> NAMES = List.of(HERE, AWAY, THERE);
  private static final int ROUNDS = Integer.getInteger("ostraka.regions.rounds", 4);

  /** Few in a round: a replica that is added once more gets everything again. */
  private static final int TURNS = 12;

  private static final int WRITERS = 3;

  private final TestNetwork network = new TestNetwork();
  private final TestRegion here = network.region(HERE);
  private final TestRegion away =
      network.region(AWAY, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(4)));
  private final TestRegion there = network.region(THERE);
  private final AtomicInteger keys = new AtomicInteger();

  @AfterEach
  void close() {
    List.of(here, away, there).forEach(TestRegion::close);
  }

  @Test
  void itHasWhatTheOthersWrote(TestInfo info) throws Exception {
    RandomCase random = RandomCase.of(info);
    here.createTable(TABLE);
    add(here, AWAY);
    TestRegion.await("both regions are active", () -> areActive(here, away));
    for (int round = 0; round < ROUNDS; round++) {
      comeAndGo(random, round);
      network.heal();
      TestRegion.await("all regions are replicas, and equal", () -> isReplica() && areEqual());
    }
  }

  private void comeAndGo(RandomCase random, int round) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        for (TestRegion region : List.of(here, away)) {
          RandomGenerator choices = random.branch(100L * round + writers.size() + 1);
          writers.add(executor.submit(() -> write(region, choices, ended)));
        }
      }
      try {
        RandomGenerator choices = random.branch(100L * round);
        Round plan = choices.nextBoolean() ? this::anything : this::behindTheBackOfOne;
        plan.run(choices);
      } finally {
        ended.countDown();
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
  }

  /** Half of the changes are of new items: a later change of the same would hide a loss. */
  private boolean write(TestRegion region, RandomGenerator random, CountDownLatch ended)
      throws InterruptedException {
    do {
      int known = keys.get();
      boolean isNew = known == 0 || random.nextBoolean();
      String key = "key-" + (isNew ? keys.getAndIncrement() : random.nextInt(known));
      if (!isNew && random.nextBoolean()) {
        region.delete(TABLE, key);
      } else {
        region.put(TABLE, key, "city-" + random.nextInt(5), Long.toHexString(random.nextLong()));
      }
    } while (!ended.await(random.nextInt(20), TimeUnit.MILLISECONDS));
    return true;
  }

  /** One round, in which the replica comes and goes. */
  private interface Round {
    void run(RandomGenerator random) throws InterruptedException;
  }

  private void anything(RandomGenerator random) throws InterruptedException {
    for (int turn = 0; turn < TURNS; turn++) {
      if (random.nextInt(4) == 0) {
        changeCuts(random);
      }
      comeOrGo(random.nextBoolean() ? here : away);
      pause(random);
    }
  }

  /**
   * The replica has changes of a writer that the other writer does not have. Then the first one is
   * cut off, and the other one asks for the replica to leave and to come back.
   */
  private void behindTheBackOfOne(RandomGenerator random) throws InterruptedException {
    boolean swapped = random.nextBoolean();
    TestRegion one = swapped ? away : here;
    TestRegion other = swapped ? here : away;
    network.cut(one.region(), other.region());
    pause(random);
    cutOff(one.region());
    for (int turn = 0; turn < TURNS; turn++) {
      comeOrGo(other);
      pause(random);
    }
  }

  private static void pause(RandomGenerator random) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    assertThat(never.await(random.nextInt(300), TimeUnit.MILLISECONDS)).isFalse();
  }

  /** Often a writer does not reach the other one, or is cut off from both others. */
  private void changeCuts(RandomGenerator random) {
    network.heal();
    List<Region> writers = random.nextBoolean() ? List.of(HERE, AWAY) : List.of(AWAY, HERE);
    switch (random.nextInt(8)) {
      case 0 -> {
        // no cuts
      }
      case 1 -> withWire(random, network::cutChanges);
      case 2 -> {
        withWire(random, network::cut);
        withWire(random, network::cut);
      }
      case 3, 4, 5 -> network.cut(writers.getFirst(), writers.getLast());
      default -> cutOff(writers.getFirst());
    }
  }

  private static void withWire(RandomGenerator random, BiConsumer<Region, Region> action) {
    int from = random.nextInt(NAMES.size());
    int to = (from + 1 + random.nextInt(NAMES.size() - 1)) % NAMES.size();
    action.accept(NAMES.get(from), NAMES.get(to));
  }

  private void cutOff(Region region) {
    for (Region other : NAMES) {
      network.cut(region, other);
      network.cut(other, region);
    }
  }

  /**
   * Removes the replica, or adds it if the asked region knows none. It may refuse that, since a
   * change of replicas is under way, or fail, since the wire is cut.
   */
  private static void comeOrGo(TestRegion asked) {
    try {
      if (state(asked).isEmpty()) {
        add(asked, THERE);
      } else {
        asked.change(TABLE, new ReplicaUpdate(null, null, THERE.value(), ReplicaSettings.NONE));
      }
    } catch (ApiException | StorageFailedException _) {
      // The next turns ask again.
    }
  }

  private static void add(TestRegion asked, Region region) {
    asked.change(TABLE, new ReplicaUpdate(region.value(), null, null, ReplicaSettings.NONE));
  }

  /**
   * Returns whether all regions show the third one as active and filled. Adds it first if neither
   * of the two knows it.
   */
  private boolean isReplica() {
    if (state(here).isEmpty() && state(away).isEmpty()) {
      comeOrGo(here);
    }
    return state(here).isPresent() && areActive(here, away, there);
  }

  /** A removal that arrives late may still delete the replica, which is added again then. */
  private boolean areEqual() {
    Map<Bytes, Version> winners = ReplicatedState.winners(List.of(here, away), TABLE);
    try {
      return Stream.of(here, away, there)
          .allMatch(region -> ReplicatedState.of(region, TABLE).equals(winners));
    } catch (NoSuchElementException _) { // the table is gone
      return false;
    }
  }

  /** Returns the state of the replica that comes and goes, as a region shows it. */
  private static Optional<GlobalTable.State> state(TestRegion region) {
    return region.describe(TABLE).global().orElseThrow().shown(region.region()).stream()
        .filter(member -> member.region().equals(THERE))
        .map(GlobalTable.Member::state)
        .findFirst();
  }

  private static boolean areActive(TestRegion... regions) {
    return Stream.of(regions).allMatch(ReplicaComesAndGoesTest::hasActiveMembers);
  }

  private static boolean hasActiveMembers(TestRegion region) {
    try {
      return region.describe(TABLE).global().stream()
          .flatMap(global -> global.members().stream())
          .allMatch(member -> member.state() == GlobalTable.State.ACTIVE && member.copied());
    } catch (ResourceNotFoundException _) { // no replica yet, or not any more
      return false;
    }
  }
}
