package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.storage.rocksdb.TestVolumes.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;
import org.ostraka.testkit.random.RandomCase;

/**
 * A drop removes table files, and other spaces have rows in some of those that it touches. However
 * RocksDB has laid out the rows: a process that is killed right after a drop has all rows of the
 * other spaces, and none of the dropped one.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DroppedSpaceTest {
  /** Memtables and table files so small that RocksDB flushes and compacts all the time. */
  private static final RocksSettings SMALL = new RocksSettings(1 << 20, 64 << 10, 1 << 20);

  private static final int ROUNDS = 12;
  private static final int WRITES = 600;
  private static final int SPACES = 4;
  private static final int KEYS = 300;

  @TempDir Path parent;
  private final List<Space> spaces = new ArrayList<>();
  private final Map<RowKey, Bytes> rows = new HashMap<>();
  private long newest;
  private int removals;

  @Test
  void aDropTakesItsSpaceAndNothingElse(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    try (TestVolumes.Opened opened = TestVolumes.open(parent.resolve("data"), SMALL)) {
      for (int round = 0; round < ROUNDS; round++) {
        RandomGenerator chance = random.branch(round);
        write(opened.store(), chance);
        Set<String> before = tables();
        drop(opened.store(), spaces.remove(chance.nextInt(SPACES)));
        removals += tables().containsAll(before) ? 0 : 1;
        Path copy = parent.resolve("copy-" + round);
        TestVolumes.copy(parent.resolve("data"), copy);
        String what = "round " + round + "; " + random.command();
        assertRows(opened.store(), what);
        try (TestVolumes.Opened crashed = TestVolumes.open(copy, SMALL)) {
          assertRows(crashed.store(), "after a kill, " + what);
        }
      }
    }
    assertThat(removals).as("drops that removed a file").isPositive();
  }

  /** Returns the names of the table files. RocksDB may remove files while they are listed. */
  private Set<String> tables() throws IOException {
    try (Stream<Path> files = Files.list(parent.resolve("data").resolve("rocksdb"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sst"))
          .collect(Collectors.toSet());
    }
  }

  private void write(Store store, RandomGenerator random) {
    while (spaces.size() < SPACES) {
      spaces.add(new Space(++newest));
    }
    for (int i = 0; i < WRITES; i++) {
      Space space = spaces.get(random.nextInt(SPACES));
      RowKey key = new RowKey(space, bytes("p" + random.nextInt(KEYS)), bytes("s"));
      if (random.nextInt(4) == 0) {
        store.transact(List.of(key), _ -> new Verdict<>(true, List.of(new Write.Delete(key))));
        rows.remove(key);
      } else {
        byte[] value = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(value);
        TestVolumes.put(store, key, Bytes.wrap(value));
        rows.put(key, Bytes.wrap(value));
      }
    }
  }

  /** Drops a space while somebody reads it, who goes on to see it as it was. */
  private void drop(Store store, Space gone) {
    try (Cursor cursor = store.scan(Range.OfSlice.all(gone), Consistency.STRONG, Wanted.ALL)) {
      Map<RowKey, Bytes> seen = new HashMap<>();
      Optional<Row> row = cursor.next();
      store.drop(gone);
      while (row.isPresent()) {
        seen.put(row.get().key(), row.get().value());
        row = cursor.next();
      }
      assertThat(seen.equals(rowsOf(gone))).as("rows for a reader of %s", gone).isTrue();
    }
    rows.keySet().removeIf(key -> key.space().equals(gone));
    assertThat(TestVolumes.rows(store, Range.OfSlice.all(gone))).isEmpty();
  }

  private Map<RowKey, Bytes> rowsOf(Space space) {
    Map<RowKey, Bytes> found = new HashMap<>(rows);
    found.keySet().removeIf(key -> !key.space().equals(space));
    return found;
  }

  /** Compares the rows of all spaces that ever were. */
  private void assertRows(Store store, String what) {
    for (long id = 1; id <= newest; id++) {
      Map<RowKey, Bytes> found = new HashMap<>();
      TestVolumes.rows(store, Range.OfSlice.all(new Space(id)))
          .forEach(row -> found.put(row.key(), row.value()));
      assertThat(found.equals(rowsOf(new Space(id)))).as("rows of space %d, %s", id, what).isTrue();
    }
  }
}
