package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.ostraka.storage.rocksdb.TestVolumes.key;
import static org.ostraka.storage.rocksdb.TestVolumes.put;
import static org.ostraka.storage.rocksdb.TestVolumes.read;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Bytes;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.testkit.random.RandomCase;

/** A disk of its own that gets full; skipped where no disk may be mounted. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FullDiskTest {
  private static final int DISK_MEGABYTES = 48;
  private static final RocksSettings RESERVING = new RocksSettings(1 << 20, 4 << 20, 256L << 20);
  private static final RocksSettings CARELESS = new RocksSettings(1 << 20, 4 << 20, 0);

  @TempDir Path parent;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(parent.resolve("disk"));
    boolean mounted =
        succeeds("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEGABYTES + "m", "tmpfs", disk + "");
    assumeTrue(mounted, "no disk may be mounted here, so none can be filled");
  }

  @AfterEach
  void unmount() throws Exception {
    succeeds("umount", disk.toString());
  }

  @Test
  void fullDiskRefusesWritesServesReadsAndRecoversWhenThereIsRoom() throws Exception {
    try (TestVolumes.Opened opened = TestVolumes.open(disk.resolve("data"), RESERVING)) {
      put(opened.store(), key(1), TestVolumes.bytes("before"));
      Path ballast = fillDisk();
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> put(opened.store(), key(2), TestVolumes.bytes("lost")))
            .isInstanceOf(StorageFailedException.class)
            .hasMessageStartingWith("the disk is full: ");
      }
      assertThat(read(opened.store(), key(1))).contains(TestVolumes.bytes("before"));
      assertThat(read(opened.store(), key(2))).isEmpty();
      Files.delete(ballast);
      put(opened.store(), key(3), TestVolumes.bytes("after"));
    }
    try (TestVolumes.Opened opened = TestVolumes.open(disk.resolve("data"), RESERVING)) {
      assertThat(read(opened.store(), key(1))).contains(TestVolumes.bytes("before"));
      assertThat(read(opened.store(), key(2))).isEmpty();
      assertThat(read(opened.store(), key(3))).contains(TestVolumes.bytes("after"));
    }
  }

  @Test
  void deletesAreTakenWhenPutsAreNot() throws Exception {
    try (TestVolumes.Opened opened = TestVolumes.open(disk.resolve("data"), RESERVING)) {
      put(opened.store(), key(1), TestVolumes.bytes("here"));
      // The reserve of this disk is an eighth of it, 6 MB; 4.5 MB are left.
      long free = Files.getFileStore(disk).getUsableSpace();
      size(Files.createFile(disk.resolve("ballast")), free - (4500 << 10));
      assertThatThrownBy(() -> put(opened.store(), key(2), TestVolumes.bytes("lost")))
          .isInstanceOf(StorageFailedException.class);
      opened
          .store()
          .transact(List.of(key(1)), _ -> new Verdict<>(true, List.of(new Write.Delete(key(1)))));
      assertThat(read(opened.store(), key(1))).isEmpty();
    }
  }

  @Test
  void writesUpToTheReserveNeverLeaveDoubt(TestInfo test) throws Exception {
    assertAcknowledgedIsKept(RandomCase.of(test).branch(0), RESERVING);
  }

  @Test
  void diskThatFillsUpUnnoticedKeepsWhatWasAcknowledged(TestInfo test) throws Exception {
    assertAcknowledgedIsKept(RandomCase.of(test).branch(0), CARELESS);
  }

  /** After it ran out of room, RocksDB refuses all writes until it looks for room again. */
  @Test
  void aDeletionWaitsUntilRocksDbHasFoundRoom(TestInfo test) throws Exception {
    Path spare = Files.createFile(disk.resolve("spare"));
    size(spare, 12 << 20);
    try (TestVolumes.Opened opened = TestVolumes.open(disk.resolve("data"), CARELESS)) {
      writeUntilRefused(opened.store(), RandomCase.of(test).branch(0), new HashMap<>());
      Files.delete(spare);
      opened
          .store()
          .transact(List.of(key(0)), _ -> new Verdict<>(true, List.of(new Write.Delete(key(0)))));
      assertThat(read(opened.store(), key(0))).isEmpty();
    }
  }

  /** Fills the disk with rows, makes room, writes on, and reads everything from a crashed copy. */
  private void assertAcknowledgedIsKept(RandomGenerator random, RocksSettings settings)
      throws Exception {
    Map<Integer, Bytes> kept = new HashMap<>();
    Path spare = Files.createFile(disk.resolve("spare"));
    size(spare, 12 << 20);
    Path copy = parent.resolve("copy");
    try (TestVolumes.Opened opened = TestVolumes.open(disk.resolve("data"), settings)) {
      writeUntilRefused(opened.store(), random, kept);
      Files.delete(spare);
      int before = kept.size();
      while (kept.size() < before + 20) {
        writeIfThereIsRoom(opened.store(), random, kept);
      }
      TestVolumes.copy(disk.resolve("data"), copy);
    }
    try (TestVolumes.Opened opened = TestVolumes.open(copy, CARELESS)) {
      kept.forEach((number, value) ->
          assertThat(read(opened.store(), key(number)).equals(Optional.of(value)))
              .as("row %d of %d", number, kept.size())
              .isTrue());
    }
  }

  private static void writeUntilRefused(
      Store store, RandomGenerator random, Map<Integer, Bytes> kept) {
    StorageFailedException refusal = null;
    while (refusal == null) {
      try {
        writeOne(store, random, kept);
      } catch (StorageFailedException full) {
        refusal = full;
      }
    }
    assertThat(refusal).hasMessageContaining("full");
  }

  /** RocksDB looks for room every few seconds: until it has found some, it may refuse, no more. */
  private static void writeIfThereIsRoom(
      Store store, RandomGenerator random, Map<Integer, Bytes> kept) {
    try {
      writeOne(store, random, kept);
    } catch (StorageFailedException full) {
      assertThat(full).hasMessageContaining("full");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static void writeOne(Store store, RandomGenerator random, Map<Integer, Bytes> kept) {
    byte[] value = new byte[100_000];
    random.nextBytes(value);
    int number = kept.size();
    put(store, key(number), Bytes.wrap(value));
    kept.put(number, Bytes.wrap(value));
  }

  private Path fillDisk() throws IOException {
    Path ballast = Files.createFile(disk.resolve("ballast"));
    size(ballast, Files.getFileStore(disk).getUsableSpace() - (1 << 20));
    return ballast;
  }

  /** Makes a file of so many bytes that take their room. */
  private static void size(Path path, long bytes) throws IOException {
    byte[] block = new byte[1 << 16];
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      for (long written = 0; written < bytes; written += block.length) {
        file.write(block);
      }
    }
  }

  private static boolean succeeds(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
