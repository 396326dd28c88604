package org.ostraka.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.lease.SharedServers;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.Position;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.MemoryArchive;

/** What two servers of a database remove from their archive when one of them has stood still. */
final class ArchiveCleaningTest {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final String OBJECT = ObjectNames.name(new UUID(0, 1), 0, new UUID(0, 2));

  private final TestEngine engine = new TestEngine();
  private final AtomicLong nanos = new AtomicLong();
  private final SharedServers cleaner = server("cleaner");
  private final SharedServers follower = server("follower");
  private final Archive archive = new MemoryArchive();
  private final ArchiveCleaning cleaning =
      new ArchiveCleaning(
          engine.store(),
          archive,
          engine.catalogue(),
          engine.clock(),
          UUID::randomUUID,
          ChainReaders.NONE);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void anObjectThatNoRowNamesIsRemoved() {
    List<Guard> held = dutyOf(cleaner);
    archive.put(OBJECT, Bytes.of(1));
    cleaning.run(held);
    assertThat(archive.list("")).containsExactly(ObjectNames.OWNER);
  }

  /** The new holder of the duty stores an object first, and then its row. */
  @Test
  void aServerThatLostTheDutyRemovesNothing() {
    List<Guard> held = dutyOf(cleaner);
    follower.join();
    follower.keep();
    nanos.addAndGet(LEASE.toNanos());
    follower.keep();
    archive.put(OBJECT, Bytes.of(1));
    assertThatThrownBy(() -> cleaning.run(held)).isInstanceOf(GuardMismatchException.class);
    assertThat(archive.list("")).contains(OBJECT);
  }

  private List<Guard> dutyOf(SharedServers server) {
    server.saw(server.join(), Position.START);
    List<Guard> held = server.hold(Duty.ARCHIVING).orElseThrow();
    cleaning.claim(held);
    return held;
  }

  private SharedServers server(String name) {
    return new SharedServers(engine.store(), name, LEASE, nanos::get, () -> {});
  }
}
