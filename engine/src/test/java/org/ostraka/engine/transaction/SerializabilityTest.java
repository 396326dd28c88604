package org.ostraka.engine.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.history.Decided;
import org.ostraka.testkit.history.History;
import org.ostraka.testkit.history.SerializabilityChecker;
import org.ostraka.testkit.random.RandomCase;

/**
 * Transactions and operations on single items, by many callers on few items, take effect as if one
 * at a time, each between its request and its answer.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SerializabilityTest {
  private static final int CALLERS = 16;
  private static final int OPERATIONS = 20_000;
  private static final List<String> HOT = List.of("a", "b", "c", "d", "e", "f");
  private static final int CRASHES = 8;

  private final History<Decided> history = new History<>();
  private final AtomicLong versions = new AtomicLong(Decided.UNWRITTEN);

  @Test
  void historiesOfMixedOperationsAreStrictlySerializable(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    try (TestEngine engine = new TestEngine()) {
      engine.create(Client.TABLE);
      run(engine, random, 0, true, OPERATIONS, () -> {});
    }
    assertSerializable();
  }

  @Test
  void historiesAcrossRestartsAreStrictlySerializable(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    TestEngine engine = new TestEngine();
    engine.create(Client.TABLE);
    for (int round = 0; round < CRASHES; round++) {
      run(engine, random, round, true, OPERATIONS / CRASHES, () -> {});
      engine = engine.restart();
    }
    engine.close();
    assertSerializable();
  }

  @Test
  void historiesAcrossCrashesAreStrictlySerializable(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    Power power = new Power();
    TestEngine engine =
        new TestEngine(new MemoryVolume(power), new ManualClock(TestEngine.START), Duration.ZERO);
    engine.create(Client.TABLE);
    for (int round = 0; round < CRASHES; round++) {
      run(engine, random, round, false, OPERATIONS / CRASHES, power::cut);
      power = new Power();
      engine = engine.afterCrash(round % 2, power);
    }
    run(engine, random, CRASHES, false, CALLERS, () -> {});
    engine.close();
    assertSerializable();
  }

  /** Lets all callers go on until so many operations were done, and then a little longer. */
  private void run(
      TestEngine engine, RandomCase random, int round, boolean blind, int operations, Runnable end)
      throws Exception {
    Client client = new Client(engine, Anomalies.NONE);
    AtomicInteger done = new AtomicInteger();
    List<Future<Integer>> callers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
      for (int caller = 0; caller < CALLERS; caller++) {
        RandomGenerator own = random.branch((long) round * CALLERS + caller);
        Traffic traffic = new Traffic(client, history, versions, HOT, own, blind);
        callers.add(threads.submit(() -> go(traffic, done, operations, end)));
      }
      for (Future<Integer> caller : callers) {
        caller.get();
      }
    }
  }

  private static int go(Traffic traffic, AtomicInteger done, int operations, Runnable end) {
    int own = 0;
    while (done.get() < operations && traffic.once()) {
      own++;
      if (done.incrementAndGet() == operations - CALLERS) {
        end.run();
      }
    }
    return own;
  }

  private void assertSerializable() {
    assertThat(history.operations()).hasSizeGreaterThan(OPERATIONS * 9 / 10);
    long transactions =
        history.operations().stream().filter(each -> each.operation().written().size() > 1).count();
    assertThat(transactions).as("transactions that wrote").isGreaterThan(OPERATIONS / 100);
    assertThat(SerializabilityChecker.violation(history.operations())).isEmpty();
  }
}
