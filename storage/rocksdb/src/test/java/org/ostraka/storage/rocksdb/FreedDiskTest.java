package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.ostraka.storage.rocksdb.TestVolumes.bytes;
import static org.ostraka.storage.rocksdb.TestVolumes.put;
import static org.ostraka.storage.rocksdb.TestVolumes.read;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Bytes;
import org.ostraka.storage.LogId;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/**
 * A disk of 300 MB that was filled to the brim is freed from inside, by deleting. The reserve and
 * the memtables of a disk follow from its size, so a larger one fills in the same way. Skipped
 * where no disk may be mounted.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FreedDiskTest {
  private static final int DISK_MEGABYTES = 300;
  private static final long MAX_SECONDS = 60;
  private static final Space CATALOGUE = new Space(0);
  private static final Space TABLE = new Space(7);
  private static final RowKey RECORD = new RowKey(CATALOGUE, bytes("table"), bytes("seven"));
  private static final RocksSettings SETTINGS = RocksSettings.DEFAULT.withBlockCache(8 << 20);

  @TempDir Path parent;
  private Path disk;
  private int rowBytes = 20_000;
  private int rowsAtOnce = 25;
  private int rows;

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
  void aSpaceThatIsDroppedGivesItsRoomBack() throws Exception {
    try (TestVolumes.Opened opened = open()) {
      fill(opened.store());
      dropAndAwaitRoom(opened.store());
      put(opened.store(), key(0), bytes("again"));
    }
    try (TestVolumes.Opened opened = open()) {
      assertThat(read(opened.store(), key(0))).contains(bytes("again"));
      assertThat(read(opened.store(), key(1))).isEmpty();
    }
  }

  @Test
  void aSpaceIsDroppedAfterARestartAndWithNextToNoRoom() throws Exception {
    try (TestVolumes.Opened opened = open()) {
      fill(opened.store());
    }
    try (TestVolumes.Opened opened = open()) {
      leaveFree(400 << 10);
      dropAndAwaitRoom(opened.store());
    }
  }

  @Test
  void rowsThatAreDeletedGiveTheirRoomBack() throws Exception {
    try (TestVolumes.Opened opened = open()) {
      fill(opened.store());
      delete(opened.store(), 1);
      awaitFree(250);
      put(opened.store(), key(0), bytes("again"));
    }
  }

  @Test
  void halfOfTheRowsGiveHalfOfTheRoomBack() throws Exception {
    try (TestVolumes.Opened opened = open()) {
      fill(opened.store());
      delete(opened.store(), 2);
      awaitFree(135);
      for (int i = 1; i < rows; i += 2) {
        assertThat(read(opened.store(), key(i))).as("row %d", i).isPresent();
      }
    }
  }

  @Test
  void smallRowsThatAreDeletedGiveTheirRoomBack() throws Exception {
    rowBytes = 150;
    rowsAtOnce = 1_000;
    try (TestVolumes.Opened opened = open()) {
      fill(opened.store());
      delete(opened.store(), 1);
      awaitFree(240);
      put(opened.store(), key(0), bytes("again"));
    }
  }

  private TestVolumes.Opened open() throws DataDirectoryException {
    return TestVolumes.open(disk.resolve("data"), SETTINGS);
  }

  /** Writes rows until they are refused, and goes on for a while, as clients do. */
  private void fill(Store store) {
    SplittableRandom random = new SplittableRandom(1);
    for (int refusals = 0; refusals < 20; ) {
      List<RowKey> keys = new ArrayList<>();
      List<Write> writes = new ArrayList<>();
      for (int i = 0; i < rowsAtOnce; i++) {
        byte[] value = new byte[rowBytes];
        random.nextBytes(value);
        keys.add(key(rows + i));
        writes.add(new Write.Put(keys.getLast(), Bytes.wrap(value)));
      }
      try {
        store.transact(keys, _ -> new Verdict<>(true, writes));
        rows += rowsAtOnce;
      } catch (StorageFailedException full) {
        assertThat(full).hasMessageStartingWith("the disk is full: ");
        refusals++;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  /**
   * What DeleteTable does: notes it in the catalogue and its log, drops the space, removes the
   * note.
   */
  private void dropAndAwaitRoom(Store store) {
    List<Write> note =
        List.of(
            new Write.Put(RECORD, bytes("vanishing")),
            new Write.Append(new LogId(CATALOGUE), bytes("vanishing")));
    store.transact(List.of(RECORD), _ -> new Verdict<>(true, note));
    store.drop(TABLE);
    store.transact(List.of(RECORD), _ -> new Verdict<>(true, List.of(new Write.Delete(RECORD))));
    awaitFree(250 - ballastMegabytes());
  }

  /** Deletes rows, all or every n-th, a few at once. */
  private void delete(Store store, int step) {
    List<RowKey> keys = new ArrayList<>();
    for (int i = 0; i < rows; i += step) {
      keys.add(key(i));
      if (keys.size() == rowsAtOnce || i + step >= rows) {
        List<Write> writes = keys.stream().<Write>map(Write.Delete::new).toList();
        store.transact(keys, _ -> new Verdict<>(true, writes));
        keys.clear();
      }
    }
  }

  private void awaitFree(long megabytes) {
    long start = System.nanoTime();
    while (free() < megabytes << 20) {
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
          .as("seconds for %d MB; %d MB are free", megabytes, free() >> 20)
          .isLessThan(MAX_SECONDS);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    System.out.printf(
        "[freed] %d MB after %d ms%n",
        free() >> 20, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  /** Fills the disk but for some bytes, or wholly where RocksDB takes room at the same time. */
  private void leaveFree(long bytes) throws IOException {
    byte[] block = new byte[64 << 10];
    try (OutputStream ballast = Files.newOutputStream(disk.resolve("ballast"))) {
      while (free() > bytes) {
        ballast.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private long ballastMegabytes() {
    try {
      Path ballast = disk.resolve("ballast");
      return Files.exists(ballast) ? Files.size(ballast) >> 20 : 0;
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private long free() {
    try {
      return Files.getFileStore(disk).getUsableSpace();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static RowKey key(int number) {
    return new RowKey(TABLE, bytes("p" + number % 1000), bytes("s" + number));
  }

  private static boolean succeeds(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
