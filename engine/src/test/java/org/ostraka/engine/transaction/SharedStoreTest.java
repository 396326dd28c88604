package org.ostraka.engine.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.lease.SharedServers;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.KeyType;
import org.ostraka.model.ScalarType;
import org.ostraka.model.operation.GlobalIndexUpdate;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.storage.Store;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.history.Decided;
import org.ostraka.testkit.history.History;
import org.ostraka.testkit.history.SerializabilityChecker;
import org.ostraka.testkit.random.RandomCase;

/**
 * Many callers of two engines that share one store, while indexes of the same table come and go
 * through both, and other tables are created and deleted: all operations take effect as if one at a
 * time, and the indexes follow.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SharedStoreTest {
  private static final int CALLERS = 8;
  private static final int OPERATIONS = 8_000;
  private static final int CHANGES = 4;
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final List<String> HOT = List.of("a", "b", "c", "d", "e", "f");
  private static final List<AttributeDefinition> DEFINITIONS =
      List.of(new AttributeDefinition("n", ScalarType.N));
  private static final NewIndex BY_N =
      new NewIndex(
          "by-n", List.of(new KeySchemaElement("n", KeyType.HASH)), "ALL", null, null, null);

  private final History<Decided> history = new History<>();
  private final AtomicLong versions = new AtomicLong(Decided.UNWRITTEN);
  private final MemoryVolume volume = new MemoryVolume(MemoryVolume.Steps.SOUND);
  private final ManualClock clock = new ManualClock(TestEngine.START);
  private final Store store = TestEngine.store(volume, clock);
  private final List<Member> members = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger changes = new AtomicInteger();

  /** One engine, whose background work is done whenever another one waits for it. */
  private final class Member {
    private final Semaphore wanted = new Semaphore(0);
    private final SharedServers servers;
    private final long term;
    private final TestEngine engine;

    Member(String name) {
      servers = new SharedServers(store, name, LEASE, System::nanoTime, SharedStoreTest.this::wake);
      term = servers.join();
      engine = TestEngine.sharing(volume, clock, store, servers, term);
    }

    /** Follows the catalogue until the test is over. */
    boolean follow() throws InterruptedException {
      while (!over.get()) {
        wanted.acquire();
        wanted.drainPermits();
        servers.saw(term, engine.catalogue().follow());
      }
      return true;
    }
  }

  private void wake() {
    members.forEach(member -> member.wanted.release());
    Thread.onSpinWait();
  }

  @Test
  void historiesOfTwoEnginesAreStrictlySerializable(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    members.add(new Member("one"));
    members.add(new Member("two"));
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      try {
        run(threads, random);
      } finally {
        // Also after a failure: the threads that follow the catalogue wait for this.
        over.set(true);
        wake();
      }
    }
    assertThat(SerializabilityChecker.violation(history.operations())).isEmpty();
    members.forEach(member -> member.engine.catalogue().maintain());
    store.close();
    assertThat(members.getFirst().engine.check().named()).isEmpty();
  }

  private void run(ExecutorService threads, RandomCase random) throws Exception {
    List<Future<Boolean>> following = new ArrayList<>();
    members.forEach(member -> following.add(threads.submit(member::follow)));
    members.getFirst().engine.create(Client.TABLE);
    List<Future<Integer>> work = new ArrayList<>();
    for (int caller = 0; caller < 2 * CALLERS; caller++) {
      Client client = new Client(members.get(caller % 2).engine, Anomalies.NONE);
      RandomGenerator own = random.branch(caller);
      Traffic traffic = new Traffic(client, history, versions, HOT, own, true);
      work.add(threads.submit(() -> go(traffic)));
    }
    work.add(threads.submit(() -> change(random.branch(-1))));
    for (Future<Integer> each : work) {
      each.get();
    }
    over.set(true);
    wake();
    for (Future<Boolean> each : following) {
      assertThat(each.get()).isTrue();
    }
  }

  private int go(Traffic traffic) {
    int own = 0;
    while (isGoingOn() && traffic.once()) {
      done.incrementAndGet();
      own++;
    }
    return own;
  }

  /** Returns whether there are to be more operations, or more changes of tables beside them. */
  private boolean isGoingOn() {
    return done.get() < OPERATIONS || changes.get() < CHANGES;
  }

  /** Changes tables through both engines as long as there are operations. */
  private int change(RandomGenerator random) {
    while (isGoingOn()) {
      any(random).updateIndexes(Client.TABLE, DEFINITIONS, new GlobalIndexUpdate(BY_N, null, null));
      if (random.nextInt(4) > 0) {
        while (!any(random).catalogue().builds().isEmpty()) {
          members.forEach(member -> member.engine.builder(3).run(IndexBuilder.Pace.UNBROKEN));
        }
      }
      String other = "other-" + random.nextInt(2);
      any(random).create(other);
      any(random).put(other, "a");
      any(random).delete(other);
      any(random)
          .updateIndexes(Client.TABLE, DEFINITIONS, new GlobalIndexUpdate(null, null, BY_N.name()));
      members.forEach(member -> member.engine.catalogue().maintain());
      changes.incrementAndGet();
    }
    return changes.get();
  }

  private TestEngine any(RandomGenerator random) {
    return members.get(random.nextInt(members.size())).engine;
  }
}
