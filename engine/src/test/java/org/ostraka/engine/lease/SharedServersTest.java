package org.ostraka.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.Position;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;

/** Terms begin, last, and end by silence; duties have one holder; changes wait for every server. */
final class SharedServersTest {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final RowKey ROW = new RowKey(new Space(7), Bytes.of(1), Bytes.EMPTY);

  private final Store store =
      TestEngine.store(
          new MemoryVolume(MemoryVolume.Steps.SOUND), new ManualClock(TestEngine.START));
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - LEASE.toNanos());
  private final SharedServers one = server("one", () -> {});
  private final SharedServers two = server("two", () -> {});

  private SharedServers server(String name, Runnable pause) {
    return new SharedServers(store, name, LEASE, nanos::get, pause);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aServerServesOnceItHasReadTheCatalogue() {
    assertThat(one.term()).isEmpty();
    assertThatThrownBy(one::guards).isInstanceOf(StorageFailedException.class);
    long term = one.join();
    assertThat(one.term()).isEmpty();
    one.saw(term + 1, Position.START);
    assertThat(one.term()).isEmpty();
    one.saw(term, Position.START);
    assertThat(one.term()).hasValue(term);
    assertThat(commit(one)).isTrue();
  }

  @Test
  void aServerThatDoesNotBeatStopsServingBeforeAnotherOneEndsItsTerm() {
    serve(one);
    serve(two);
    two.keep();
    pass(LEASE.multipliedBy(3).dividedBy(4));
    assertThat(one.term()).isEmpty();
    assertThat(commit(one)).as("its term has not been ended").isTrue();
    two.keep();
    pass(LEASE.dividedBy(4));
    two.keep();
    assertThat(commit(one)).as("its term has been ended").isFalse();
    assertThat(one.keep()).isFalse();
    assertThatThrownBy(one::guards).isInstanceOf(StorageFailedException.class);
    assertThat(commit(two)).isTrue();
  }

  @Test
  void aServerThatBeatsKeepsItsTerm() {
    serve(one);
    serve(two);
    for (int beat = 0; beat < 10; beat++) {
      pass(LEASE.dividedBy(2));
      assertThat(one.keep()).isTrue();
      assertThat(two.keep()).isTrue();
    }
    assertThat(commit(one)).isTrue();
    assertThat(commit(two)).isTrue();
  }

  @Test
  void aServerThatLostItsTermBeginsAnother() {
    long first = serve(one);
    serve(two);
    two.keep();
    pass(LEASE);
    two.keep();
    assertThat(one.keep()).isFalse();
    long second = one.join();
    assertThat(second).isGreaterThan(first);
    one.saw(first, new Position(9));
    assertThat(one.term()).as("what it read in its first term does not count").isEmpty();
    one.saw(second, new Position(9));
    assertThat(one.term()).hasValue(second);
    assertThat(commit(one)).isTrue();
  }

  @Test
  void aDutyHasOneHolderUntilItsTermEnds() {
    serve(one);
    serve(two);
    List<Guard> held = one.hold(Duty.INDEX_BUILDING).orElseThrow();
    assertThat(one.hold(Duty.INDEX_BUILDING)).contains(held);
    assertThat(two.hold(Duty.INDEX_BUILDING)).isEmpty();
    assertThat(two.hold(Duty.MAINTENANCE)).isPresent();
    two.keep();
    pass(LEASE);
    two.keep();
    assertThat(two.keep()).isTrue();
    assertThat(two.hold(Duty.INDEX_BUILDING)).isPresent();
    assertThatThrownBy(() -> commit(held)).isInstanceOf(GuardMismatchException.class);
  }

  @Test
  void aServerThatLeavesGivesItsDutiesUp() {
    serve(one);
    serve(two);
    assertThat(one.hold(Duty.MAINTENANCE)).isPresent();
    one.leave();
    assertThat(one.term()).isEmpty();
    assertThat(one.hold(Duty.MAINTENANCE)).isEmpty();
    assertThat(two.hold(Duty.MAINTENANCE)).isPresent();
  }

  @Test
  void aChangeWaitsForEveryServerToSeeIt() {
    serve(two);
    long term = two.term().orElseThrow();
    AtomicLong waits = new AtomicLong();
    SharedServers waiting =
        server(
            "waiting",
            () -> {
              if (waits.incrementAndGet() == 3) {
                two.saw(term, new Position(5));
              }
            });
    serve(waiting);
    waiting.awaitSeen(new Position(5));
    assertThat(waits).hasValue(3);
    waiting.awaitSeen(new Position(4));
    assertThat(waits).hasValue(3);
  }

  @Test
  void aChangeWaitsForASilentServerNoLongerThanItsLease() {
    serve(one);
    SharedServers waiting = server("waiting", () -> pass(Duration.ofSeconds(1)));
    serve(waiting);
    long before = nanos.get();
    waiting.awaitSeen(new Position(5));
    assertThat(Duration.ofNanos(nanos.get() - before)).isEqualTo(LEASE);
    assertThat(commit(one)).isFalse();
  }

  private static long serve(SharedServers server) {
    long term = server.join();
    server.saw(term, Position.START);
    return term;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** Commits a decision of the server; returns false when its term has been ended. */
  private boolean commit(SharedServers server) {
    try {
      commit(server.guards());
      return true;
    } catch (GuardMismatchException _) {
      return false;
    }
  }

  private void commit(List<Guard> guards) {
    store.transact(
        List.of(ROW), guards, _ -> new Verdict<>("done", List.of(new Write.Put(ROW, Bytes.of(1)))));
  }
}
