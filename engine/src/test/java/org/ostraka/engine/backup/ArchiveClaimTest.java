package org.ostraka.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.Bytes;
import org.ostraka.model.operation.CreateBackup;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.ConditionalPut;
import org.ostraka.storage.archive.MemoryArchive;

/** Two servers with data of their own claim one archive in the same moment. */
final class ArchiveClaimTest {
  private static final String REFUSED = "belongs to the data of another server";

  private final TestEngine first = new TestEngine();
  private final TestEngine second = new TestEngine();
  private final MemoryArchive archive = new MemoryArchive();

  @BeforeEach
  void beginBackups() {
    for (TestEngine engine : List.of(first, second)) {
      engine.create("votes");
      engine.put("votes", "voter");
      var _ =
          engine
              .operations()
              .createBackup()
              .handle(TestEngine.CALLER, new CreateBackup.Request("votes", "backup"));
    }
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  void theFirstOneHasItAndTheOtherIsRefused() {
    Archiver winner = archiver(first, archive);
    Archiver loser = archiver(second, new Overtaken(archive, winner::run, true));
    assertThatThrownBy(loser::run)
        .isInstanceOf(StorageFailedException.class)
        .hasMessageContaining(REFUSED);
    List<String> objects = archive.list("");
    assertThat(objects).contains(ObjectNames.OWNER).hasSizeGreaterThan(1);
    first.clock().advance(Duration.ofHours(1));
    winner.run();
    assertThat(archive.list("")).isEqualTo(objects);
    assertThatThrownBy(loser::run).hasMessageContaining(REFUSED);
  }

  /** An archive without conditional writes: the last one has it, and the other notices. */
  @Test
  void withoutConditionsTheLastOneHasItAndTheOtherRemovesNothing() {
    Archiver overtaken = archiver(first, archive);
    Archiver last = archiver(second, new Overtaken(archive, overtaken::run, false));
    last.run();
    List<String> objects = archive.list("");
    first.clock().advance(Duration.ofHours(1));
    assertThatThrownBy(overtaken::run)
        .isInstanceOf(StorageFailedException.class)
        .hasMessageContaining(REFUSED);
    assertThat(archive.list("")).isEqualTo(objects);
  }

  private static Archiver archiver(TestEngine engine, Archive archive) {
    return new Archiver(
        engine.store(),
        archive,
        engine.catalogue(),
        engine.clock(),
        UUID::randomUUID,
        engine.settings().streams());
  }

  /**
   * An archive in which another server does something between the look for an owner and the claim.
   *
   * @param hasConditions whether it compares what is there when it stores the claim
   */
  private record Overtaken(Archive below, Runnable other, boolean hasConditions)
      implements Archive {
    @Override
    public void put(String name, Bytes content) {
      below.put(name, content);
    }

    @Override
    public ConditionalPut putIfAbsent(String name, Bytes content) {
      other.run();
      if (hasConditions) {
        return below.putIfAbsent(name, content);
      }
      below.put(name, content);
      return ConditionalPut.STORED_UNCHECKED;
    }

    @Override
    public Optional<Bytes> read(String name) {
      return below.read(name);
    }

    @Override
    public List<String> list(String prefix) {
      return below.list(prefix);
    }

    @Override
    public void delete(String name) {
      below.delete(name);
    }
  }
}
