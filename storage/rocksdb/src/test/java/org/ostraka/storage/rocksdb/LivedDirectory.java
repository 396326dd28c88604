package org.ostraka.storage.rocksdb;

import static org.ostraka.storage.rocksdb.TestVolumes.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.ostraka.model.Bytes;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/**
 * A data directory in use, whose small memtables make RocksDB flush and compact all the time; keeps
 * copies of moments between two commits, as a killed process would leave them. One thread.
 */
final class LivedDirectory implements AutoCloseable {
  private static final RocksSettings SMALL = new RocksSettings(1 << 20, 64 << 10, 0);
  private static final int KEYS = 400;

  private final Path parent;
  private final RandomGenerator random;
  private final Map<RowKey, Bytes> rows = new HashMap<>();
  private final Map<RowKey, List<Bytes>> written = new HashMap<>();
  private TestVolumes.Opened opened;
  private int moments;

  LivedDirectory(Path parent, RandomGenerator random) throws DataDirectoryException {
    this.parent = parent;
    this.random = random;
    this.opened = TestVolumes.open(data(), SMALL);
  }

  /** A copy of the directory, and the rows that are durable in it. */
  record Moment(Path path, Map<RowKey, Bytes> rows) {
    Moment {
      rows = Map.copyOf(rows);
    }

    Path rocksdb() {
      return path.resolve("rocksdb");
    }
  }

  /** Returns every value that a row ever had. */
  List<Bytes> written(RowKey key) {
    return List.copyOf(written.getOrDefault(key, List.of()));
  }

  /** Commits rows, one commit each, and now and then deletes some. */
  void write(int commits, int maxBytes) {
    for (int i = 0; i < commits; i++) {
      Map<RowKey, Bytes> changes = new TreeMap<>(LivedDirectory::byText);
      changes.put(key(random.nextInt(KEYS)), value(maxBytes));
      commit(changes);
    }
  }

  /** Commits many rows at once. */
  void writeTogether(int count, int maxBytes) {
    Map<RowKey, Bytes> changes = new TreeMap<>(LivedDirectory::byText);
    for (int i = 0; i < count; i++) {
      changes.put(key(random.nextInt(KEYS)), value(maxBytes));
    }
    commit(changes);
  }

  /** A copy of this moment. */
  Moment moment() throws IOException {
    Path copy = parent.resolve("moment-" + moments++);
    TestVolumes.copy(data(), copy);
    return new Moment(copy, rows);
  }

  void reopen() throws DataDirectoryException {
    opened.close();
    opened = TestVolumes.open(data(), SMALL);
  }

  /** A copy after a clean stop; the directory is in use again afterwards. */
  Moment stopped() throws IOException, DataDirectoryException {
    opened.close();
    Moment moment = moment();
    opened = TestVolumes.open(data(), SMALL);
    return moment;
  }

  @Override
  public void close() {
    opened.close();
  }

  /** The files that RocksDB has in a copy, of one kind. */
  static List<Path> files(Path directory, String part) throws IOException {
    try (var files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.getFileName().toString().contains(part))
          .sorted()
          .toList();
    }
  }

  private void commit(Map<RowKey, Bytes> changes) {
    List<Write> writes =
        changes.entrySet().stream()
            .<Write>map(change -> new Write.Put(change.getKey(), change.getValue()))
            .toList();
    opened.store().transact(changes.keySet(), _ -> new Verdict<>(true, writes));
    rows.putAll(changes);
    changes.forEach(
        (key, value) -> written.computeIfAbsent(key, _ -> new ArrayList<>()).add(value));
  }

  private Bytes value(int maxBytes) {
    byte[] value = new byte[1 + random.nextInt(maxBytes)];
    if (random.nextBoolean()) {
      random.nextBytes(value);
    }
    return Bytes.wrap(value);
  }

  private Path data() {
    return parent.resolve("lived");
  }

  private static int byText(RowKey one, RowKey other) {
    return one.sort().compareTo(other.sort());
  }
}
