package org.ostraka.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Position;
import org.ostraka.storage.Row;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;

/** Servers of several versions: the format of their store is raised when all of them read it. */
final class SharedFormatTest {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final SharedFormat OLD = new SharedFormat(1, 1);
  private static final SharedFormat READY = new SharedFormat(1, 2);
  private static final SharedFormat NEXT = new SharedFormat(2, 2);

  private final Store store =
      TestEngine.store(
          new MemoryVolume(MemoryVolume.Steps.SOUND), new ManualClock(TestEngine.START));
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger pauses = new AtomicInteger();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void eachServerMayBeReplacedByTheVersionThatFollows() {
    SharedServers first = server("first", OLD);
    SharedServers second = server("second", OLD);
    first.join();
    second.join();
    SharedServers third = server("third", READY);
    third.join();
    first.leave();
    server("fourth", READY).join();
    second.leave();
    assertThat(stored()).isEqualTo(1);
    server("fifth", NEXT).join();
    assertThat(stored()).isEqualTo(2);
    server("sixth", READY).join();
    assertThat(stored()).as("a server that reads it leaves it").isEqualTo(2);
    assertThat(third.keep()).isTrue();
    assertThat(pauses).hasValue(0);
  }

  @Test
  void aServerOfTheNextFormatIsRefusedWhileAnOldOneLives() {
    SharedServers old = server("old", OLD);
    old.join();
    SharedServers next = server("next", NEXT, old::keep);
    assertThatThrownBy(next::join)
        .isInstanceOf(StorageFailedException.class)
        .hasMessage(
            "this program writes format 2, which the running server old does not read: first"
                + " replace all servers by the version before, which reads it");
    assertThat(stored()).isEqualTo(1);
    assertThat(LeaseRows.beats(store)).extracting(LeaseRows.Beat::server).containsExactly("old");
    assertThat(old.keep()).isTrue();
  }

  /** A server of a version that knew nothing of formats. */
  @Test
  void aLeaseWithoutAFormatIsThatOfAnOldServer() {
    plant("old", 1);
    SharedServers next = server("next", NEXT, () -> plant("old", 2));
    assertThatThrownBy(next::join).isInstanceOf(StorageFailedException.class);
    assertThat(pauses).hasValue(1);
  }

  @Test
  void aServerThatDiedHoldsUpTheNextFormatForALease() {
    plant("dead", 1);
    server("next", NEXT, () -> nanos.addAndGet(LEASE.toNanos() / 4)).join();
    assertThat(pauses).hasValue(4);
    assertThat(stored()).isEqualTo(2);
    assertThat(LeaseRows.beats(store)).extracting(LeaseRows.Beat::server).containsExactly("next");
  }

  @Test
  void anOldServerIsRefusedOnANewerFormatAlsoWhenItJoinsAgain() {
    SharedServers old = server("old", OLD);
    old.join();
    nanos.addAndGet(LEASE.toNanos());
    server("next", NEXT, () -> nanos.addAndGet(LEASE.toNanos())).join();
    assertThat(old.keep()).isFalse();
    assertThatThrownBy(old::join)
        .isInstanceOf(StorageFailedException.class)
        .hasMessage(
            "the data has format 2, and this program reads formats up to 1: use a newer program");
    assertThatThrownBy(() -> server("another", OLD).join())
        .isInstanceOf(StorageFailedException.class);
    assertThatThrownBy(() -> OLD.requireReads(store)).isInstanceOf(StorageFailedException.class);
    READY.requireReads(store);
    assertThat(old.term()).isEmpty();
  }

  /** The old server begins right before the format is raised. */
  @Test
  void aServerThatJoinsMeanwhileIsNotOverlooked() {
    SharedServers late = server("late", OLD);
    AtomicInteger reads = new AtomicInteger();
    Joining next =
        new Joining(
            store,
            NEXT,
            "next",
            () -> {
              List<LeaseRows.Beat> found = LeaseRows.beats(store);
              if (reads.incrementAndGet() == 1) {
                late.join();
              }
              return found;
            },
            late::keep);
    assertThatThrownBy(() -> next.join(new Write.Put(LeaseRows.beat("next"), beat("next", 1))))
        .isInstanceOf(StorageFailedException.class)
        .hasMessageContaining("the running server late");
    assertThat(stored()).isEqualTo(1);
  }

  private SharedServers server(String name, SharedFormat format) {
    return server(name, format, () -> {});
  }

  private SharedServers server(String name, SharedFormat format, Runnable whilePaused) {
    return new SharedServers(
        store,
        format,
        name,
        LEASE,
        nanos::get,
        () -> {
          pauses.incrementAndGet();
          whilePaused.run();
        });
  }

  /** Writes the rows of a server by hand. */
  private void plant(String name, int count) {
    store.transact(
        List.of(LeaseRows.member(name), LeaseRows.beat(name)),
        _ ->
            new Verdict<>(
                name,
                List.of(
                    new Write.Put(LeaseRows.member(name), LeaseRows.holder(name)),
                    new Write.Put(LeaseRows.beat(name), beat(name, count)))));
  }

  private static Bytes beat(String name, int count) {
    return LeaseRows.beat(name, count, Position.START);
  }

  private int stored() {
    Optional<Row> row = store.read(LeaseRows.format(), Consistency.STRONG);
    return LeaseRows.format(row);
  }
}
