package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.storage.rocksdb.TestVolumes.SPACE;
import static org.ostraka.storage.rocksdb.TestVolumes.bytes;
import static org.ostraka.storage.rocksdb.TestVolumes.key;
import static org.ostraka.storage.rocksdb.TestVolumes.put;
import static org.ostraka.storage.rocksdb.TestVolumes.read;
import static org.ostraka.storage.rocksdb.TestVolumes.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;
import org.ostraka.storage.volume.Batch;
import org.ostraka.storage.volume.VolumeCursor;

/** RocksDB as a volume: what the contract of the store cannot see from above. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RocksVolumeTest {
  private static final byte[] LEAST = {};
  private static final byte[] BEYOND_ALL = {(byte) 0xFF};

  /** More than two blocks of a cursor by number. */
  private static final int MANY = 700;

  @TempDir Path parent;

  @Test
  void whatWasCommittedIsThereAfterReopening() throws Exception {
    try (TestVolumes.Opened opened = open()) {
      put(opened.store(), key(1), bytes("value"));
    }
    try (TestVolumes.Opened opened = open()) {
      assertThat(read(opened.store(), key(1))).contains(bytes("value"));
    }
  }

  @Test
  void rowsThatAreLostAreMissedAndNotReplacedByNone() throws Exception {
    try (TestVolumes.Opened opened = open()) {
      put(opened.store(), key(1), bytes("value"));
    }
    Files.move(data().resolve("rocksdb"), parent.resolve("elsewhere"));
    assertThatThrownBy(this::open)
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("are missing");
    Files.deleteIfExists(data().resolve("rocksdb"));
    Files.move(parent.resolve("elsewhere"), data().resolve("rocksdb"));
    try (TestVolumes.Opened opened = open()) {
      assertThat(read(opened.store(), key(1))).contains(bytes("value"));
    }
  }

  @Test
  void scansGoBeyondOneBlockInBothDirections() throws Exception {
    try (TestVolumes.Opened opened = open()) {
      fill(opened.store(), MANY, 10);
      List<RowKey> all =
          new ArrayList<>(IntStream.range(0, MANY).mapToObj(TestVolumes::key).toList());
      assertThat(keys(opened.store(), "", Optional.empty(), Direction.FORWARD)).isEqualTo(all);
      Collections.reverse(all);
      assertThat(keys(opened.store(), "", Optional.empty(), Direction.BACKWARD)).isEqualTo(all);
    }
  }

  @Test
  void blocksEndByTheirBytesAsWell() throws Exception {
    try (TestVolumes.Opened opened = open()) {
      fill(opened.store(), 20, 100_000);
      for (Direction direction : Direction.values()) {
        assertThat(keys(opened.store(), "", Optional.empty(), direction)).hasSize(20);
      }
    }
  }

  @Test
  void rangesEndBeforeTheirEndAndMayBeEmptyOrInverted() throws Exception {
    try (TestVolumes.Opened opened = open()) {
      fill(opened.store(), 10, 10);
      for (Direction direction : Direction.values()) {
        assertThat(keys(opened.store(), "s000002", Optional.of("s000004"), direction))
            .containsExactlyInAnyOrder(key(2), key(3));
        assertThat(keys(opened.store(), "s000002", Optional.of("s000002"), direction)).isEmpty();
        assertThat(keys(opened.store(), "s000004", Optional.of("s000002"), direction)).isEmpty();
        assertThat(keys(opened.store(), "t", Optional.empty(), direction)).isEmpty();
      }
      for (Direction direction : Direction.values()) {
        try (VolumeCursor cursor = opened.volume().scan(BEYOND_ALL, LEAST, direction)) {
          assertThat(cursor.next()).isEmpty();
        }
      }
    }
  }

  @Test
  void droppedSpaceIsGoneAlsoAfterReopening() throws Exception {
    RowKey other = new RowKey(new Space(2), bytes("p"), bytes("s"));
    try (TestVolumes.Opened opened = open()) {
      fill(opened.store(), MANY, 10);
      put(opened.store(), other, bytes("kept"));
      opened.store().drop(SPACE);
      assertThat(keys(opened.store(), "", Optional.empty(), Direction.FORWARD)).isEmpty();
    }
    try (TestVolumes.Opened opened = open()) {
      assertThat(keys(opened.store(), "", Optional.empty(), Direction.BACKWARD)).isEmpty();
      assertThat(read(opened.store(), other)).contains(bytes("kept"));
    }
  }

  @Test
  void scanShowsTheMomentAtWhichItBegan() throws Exception {
    try (TestVolumes.Opened opened = open();
        VolumeCursor cursor = opened.volume().scan(LEAST, BEYOND_ALL, Direction.FORWARD)) {
      fill(opened.store(), 3, 10);
      assertThat(cursor.next()).isEmpty();
    }
  }

  @Test
  void cursorRefusesAfterItsOwnCloseWhateverItHadRead() throws Exception {
    try (TestVolumes.Opened opened = open()) {
      fill(opened.store(), 10, 10);
      VolumeCursor cursor = opened.volume().scan(LEAST, BEYOND_ALL, Direction.FORWARD);
      assertThat(cursor.next()).isPresent();
      cursor.close();
      cursor.close();
      assertThatThrownBy(cursor::next).isInstanceOf(StorageFailedException.class);
    }
  }

  @Test
  void volumeClosesWithOpenCursorsWhichRefuseFromThenOn() throws Exception {
    TestVolumes.Opened opened = open();
    fill(opened.store(), MANY, 10);
    List<Cursor> cursors = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Range all = Range.OfPartition.all(SPACE, bytes("p"), Direction.FORWARD);
      cursors.add(opened.store().scan(all, Consistency.STRONG, Wanted.ALL));
    }
    assertThat(cursors.getFirst().next()).isPresent();
    VolumeCursor raw = opened.volume().scan(LEAST, BEYOND_ALL, Direction.BACKWARD);
    opened.close();

    for (Cursor cursor : cursors) {
      assertThatThrownBy(cursor::next).isInstanceOf(StorageFailedException.class);
      assertThatCode(cursor::close).doesNotThrowAnyException();
    }
    assertThatThrownBy(raw::next).isInstanceOf(StorageFailedException.class);
    assertThatCode(raw::close).doesNotThrowAnyException();
  }

  @Test
  void lookingChangesNothingOnDiskAndSeesEverything() throws Exception {
    try (TestVolumes.Opened opened = open()) {
      fill(opened.store(), MANY, 10);
    }
    // Twice, so that the rows are in a table file and in the log as well.
    try (TestVolumes.Opened opened = open()) {
      put(opened.store(), key(MANY), bytes("in the log"));
    }
    Map<String, String> before = contents();
    try (TestVolumes.Opened opened = TestVolumes.openReadOnly(data())) {
      opened.volume().verifyChecksums();
      assertThat(keys(opened.store(), "", Optional.empty(), Direction.FORWARD)).hasSize(MANY + 1);
      assertThat(read(opened.store(), key(MANY))).contains(bytes("in the log"));
    }
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void lookingRefusesToWriteAndLeavesNoDoubt() throws Exception {
    open().close();
    Map<String, String> before = contents();
    try (TestVolumes.Opened opened = TestVolumes.openReadOnly(data())) {
      assertThatThrownBy(() -> opened.volume().commit(new Batch()))
          .isInstanceOf(StorageFailedException.class);
    }
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void directoryWithoutRowsIsNothingToLookAt() throws Exception {
    DataDirectory.open(data()).close();
    assertThatThrownBy(() -> TestVolumes.openReadOnly(data()))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessage(data() + " holds no rows yet");
  }

  private TestVolumes.Opened open() throws DataDirectoryException {
    return TestVolumes.open(data());
  }

  private Path data() {
    return parent.resolve("data");
  }

  private static void fill(Store store, int count, int sizeBytes) {
    List<RowKey> keys = IntStream.range(0, count).mapToObj(TestVolumes::key).toList();
    Bytes value = Bytes.wrap(new byte[sizeBytes]);
    List<Write> writes = keys.stream().<Write>map(key -> new Write.Put(key, value)).toList();
    store.transact(keys, _ -> new Verdict<>(true, writes));
  }

  private static List<RowKey> keys(
      Store store, String from, Optional<String> to, Direction direction) {
    Range range =
        new Range.OfPartition(
            SPACE, bytes("p"), bytes(from), to.map(TestVolumes::bytes), direction);
    return rows(store, range).stream().map(Row::key).toList();
  }

  /** Every file below the directory, with its time of change and its bytes. */
  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(data())) {
      for (Path file : files.toList()) {
        String state = Files.getLastModifiedTime(file).toString();
        if (Files.isRegularFile(file)) {
          state += " " + Bytes.wrap(Files.readAllBytes(file)).hashCode();
        }
        contents.put(data().relativize(file).toString(), state);
      }
    }
    return contents;
  }
}
