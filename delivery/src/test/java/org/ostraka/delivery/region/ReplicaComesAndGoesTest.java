package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Two regions are written to. A third one becomes a replica and ceases to be one, as either of them
 * asks, while wires between all three are cut. In the end each has what the two have written.
 * {@code -Dostraka.regions.turns=2000} makes a long run of it.
 */
@Timeout(300)
final class ReplicaComesAndGoesTest {
  private static final String TABLE = "votes";
  private static final Region HERE = new Region("eu-central-1");
  private static final Region AWAY = new Region("ap-south-1");
  private static final Region THERE = new Region("us-east-1");
  private static final List<Region> NAMES = List.of(HERE, AWAY, THERE);
  private static final int TURNS = Integer.getInteger("ostraka.regions.turns", 40);
  private static final int WRITERS = 3;
  private static final int KEYS = 200;

  private final TestNetwork network = new TestNetwork();
  private final TestRegion here = network.region(HERE);
  private final TestRegion away = network.region(AWAY);
  private final TestRegion there = network.region(THERE);
  private final CountDownLatch ended = new CountDownLatch(1);

  @AfterEach
  void close() {
    List.of(here, away, there).forEach(TestRegion::close);
  }

  @Test
  void itHasInTheEndWhatTheOthersWrote(TestInfo info) throws Exception {
    RandomCase random = RandomCase.of(info);
    here.createTable(TABLE);
    add(here, AWAY);
    TestRegion.await("both regions are active", () -> areActive(here, away));
    comeAndGo(random);
    network.heal();
    TestRegion.await("all regions are replicas, and equal", () -> isReplica() && areEqual());
  }

  private void comeAndGo(RandomCase random) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        for (TestRegion region : List.of(here, away)) {
          RandomGenerator choices = random.branch(10 + writers.size());
          writers.add(executor.submit(() -> write(region, choices)));
        }
      }
      try {
        RandomGenerator choices = random.branch(1);
        for (int turn = 0; turn < TURNS; turn++) {
          turn(choices);
          assertThat(ended.await(choices.nextInt(80), TimeUnit.MILLISECONDS)).isFalse();
        }
      } finally {
        ended.countDown();
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
  }

  private boolean write(TestRegion region, RandomGenerator random) throws InterruptedException {
    do {
      String key = "key-" + random.nextInt(KEYS);
      if (random.nextInt(4) == 0) {
        region.delete(TABLE, key);
      } else {
        region.put(TABLE, key, "city-" + random.nextInt(5), Long.toHexString(random.nextLong()));
      }
    } while (!ended.await(1 + random.nextInt(4), TimeUnit.MILLISECONDS));
    return true;
  }

  private void turn(RandomGenerator random) {
    TestRegion asked = random.nextBoolean() ? here : away;
    switch (random.nextInt(8)) {
      case 0, 1 -> withWire(random, network::cut);
      case 2 -> withWire(random, network::cutChanges);
      case 3 -> withWire(random, network::heal);
      case 4 -> network.heal();
      default -> comeOrGo(asked);
    }
  }

  private static void withWire(RandomGenerator random, BiConsumer<Region, Region> action) {
    int from = random.nextInt(NAMES.size());
    int to = (from + 1 + random.nextInt(NAMES.size() - 1)) % NAMES.size();
    action.accept(NAMES.get(from), NAMES.get(to));
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
