package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.storage.Store;
import org.ostraka.testkit.history.LinearizabilityChecker;
import org.ostraka.testkit.history.SerializabilityChecker;
import org.ostraka.testkit.random.RandomCase;

/**
 * The answers to concurrent clients can be explained by some order of their operations, even across
 * a crash.
 */
interface HistoryContract extends UnderTest {
  /** The number of clients at the same time. */
  int CLIENTS = 16;

  /** The number of operations of one client. */
  int OPERATIONS = 250;

  /** The number of crashes in one history. */
  int CRASHES = 4;

  /** The operations of a client, one at a time; each says whether the store still serves. */
  @FunctionalInterface
  interface Traffic {
    boolean once(Store store, RandomGenerator random);
  }

  @Test
  default void oneHotRowIsLinearizable(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    RowTraffic traffic = new RowTraffic(List.of("hot"));
    runToTheEnd(random, traffic::once);

    assertThat(LinearizabilityChecker.violation(traffic.history().operations())).isEmpty();
  }

  @Test
  default void singleRowsAreLinearizable(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    RowTraffic traffic = new RowTraffic(List.of("a", "b", "c", "d", "e"));
    runToTheEnd(random, traffic::once);

    assertThat(LinearizabilityChecker.violation(traffic.history().operations())).isEmpty();
  }

  @Test
  default void singleRowsAreLinearizableAcrossCrashes(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    RowTraffic traffic = new RowTraffic(List.of("hot", "warm"));
    for (int crash = 0; crash < rounds(CRASHES); crash++) {
      runIntoACrash(random, crash, traffic::once);
      traffic.readAll(store());
    }

    assertThat(LinearizabilityChecker.violation(traffic.history().operations())).isEmpty();
  }

  @Test
  default void decisionsOverHotRowsAreSerializable(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    DecisionTraffic traffic = new DecisionTraffic(List.of("a", "b", "c"));
    runToTheEnd(random, traffic::once);
    traffic.readAll(store());

    assertThat(SerializabilityChecker.violation(traffic.history().operations())).isEmpty();
  }

  @Test
  default void decisionsOverManyRowsAreSerializable(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    List<String> rows = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");
    DecisionTraffic traffic = new DecisionTraffic(rows);
    runToTheEnd(random, traffic::once);
    traffic.readAll(store());

    assertThat(SerializabilityChecker.violation(traffic.history().operations())).isEmpty();
  }

  @Test
  default void decisionsAreSerializableAcrossCrashes(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    DecisionTraffic traffic = new DecisionTraffic(List.of("a", "b", "c", "d", "e"));
    for (int crash = 0; crash < rounds(CRASHES); crash++) {
      runIntoACrash(random, crash, traffic::once);
      traffic.readAll(store());
    }

    assertThat(SerializabilityChecker.violation(traffic.history().operations())).isEmpty();
  }

  private void runToTheEnd(RandomCase random, Traffic traffic) throws Exception {
    Store store = store();
    Clients.run(
        CLIENTS,
        client -> {
          RandomGenerator own = random.branch(client);
          for (int i = 0; i < rounds(OPERATIONS); i++) {
            assertThat(traffic.once(store, own)).as("the store goes on serving").isTrue();
          }
        });
  }

  private void runIntoACrash(RandomCase random, int crash, Traffic traffic) throws Exception {
    Store store = store();
    RandomGenerator moment = random.branch(-1L - crash);
    CountDownLatch untilCrash =
        new CountDownLatch(1 + moment.nextInt(CLIENTS * rounds(OPERATIONS) / 4));
    try (Clients clients = new Clients()) {
      clients.start(
          CLIENTS,
          client -> {
            RandomGenerator own = random.branch((long) crash * CLIENTS + client);
            while (traffic.once(store, own)) {
              untilCrash.countDown();
            }
          });
      untilCrash.await();
      fixture().crash();
      clients.await();
    }
  }
}
