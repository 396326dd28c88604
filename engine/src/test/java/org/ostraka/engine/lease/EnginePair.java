package org.ostraka.engine.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.storage.Store;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;

/**
 * Two engines that share one store and take turns, so that a seed repeats everything: while one of
 * them waits for the other, the other does its background work, and time passes. One thread.
 */
public final class EnginePair {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final ManualClock clock = new ManualClock(TestEngine.START);
  private final Supplier<Store> opening;
  private final Store store;
  private final AtomicLong nanos = new AtomicLong();
  private final List<Member> members = new ArrayList<>();
  private int names;

  /** One of the engines, and its lease. */
  private static final class Member {
    private final SharedServers servers;
    private final TestEngine engine;
    private final long term;

    Member(SharedServers servers, TestEngine engine, long term) {
      this.servers = servers;
      this.engine = engine;
      this.term = term;
    }

    /** Does what a server does in the background all the time. */
    void turn() {
      servers.keep();
      servers.saw(term, engine.catalogue().follow());
    }
  }

  /** Makes two engines over a store in memory. */
  public EnginePair() {
    MemoryVolume volume = new MemoryVolume(MemoryVolume.Steps.SOUND);
    opening = () -> TestEngine.store(volume, clock);
    store = opening.get();
    members.add(join());
    members.add(join());
  }

  /**
   * Makes two engines over another store.
   *
   * @param opening opens the same store each time, which is empty at first
   */
  public EnginePair(Supplier<Store> opening) {
    this.opening = opening;
    store = opening.get();
    members.add(join());
    members.add(join());
  }

  /** Returns any of the engines, after some of their background work. */
  public TestEngine any(RandomGenerator random) {
    if (random.nextInt(4) == 0) {
      pass();
    }
    return members.get(random.nextInt(members.size())).engine;
  }

  /** Ends one of the engines, with or without a word to the other one, and begins a new one. */
  public void replaceAny(RandomGenerator random) {
    int which = random.nextInt(members.size());
    members.forEach(member -> member.engine.catalogue().maintain());
    if (random.nextBoolean()) {
      members.get(which).servers.leave();
    }
    members.remove(which);
    members.add(join());
  }

  /** Lets every engine store what it has counted. */
  public void maintain() {
    // Twice, so that each engine also reads what the other has stored after it.
    for (int round = 0; round < 2; round++) {
      members.forEach(member -> member.engine.catalogue().maintain());
    }
  }

  /** Lets so much time pass that the terms of engines that ended without a word end too. */
  public void passLease() {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(LEASE) <= 0;
        passed = passed.plus(WAIT)) {
      pass();
    }
  }

  /** Moves the clock of both engines, which does not end their terms. */
  public void advance(Duration time) {
    clock.advance(time);
  }

  public List<TestEngine> all() {
    return members.stream().map(member -> member.engine).toList();
  }

  public void close() {
    store.close();
  }

  /** Verifies the store, after the engines are closed. */
  public IntegrityCheck.Report check() {
    try (Store open = opening.get()) {
      return IntegrityCheck.run(open);
    }
  }

  private Member join() {
    names++;
    SharedServers servers =
        new SharedServers(store, "server-" + names, LEASE, nanos::get, this::pass);
    long term = servers.join();
    return new Member(servers, TestEngine.sharing(clock, store, servers, term), term);
  }

  private void pass() {
    nanos.addAndGet(WAIT.toNanos());
    members.forEach(Member::turn);
  }
}
