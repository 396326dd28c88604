package org.ostraka.storage.rocksdb;

import static org.ostraka.storage.rocksdb.TestVolumes.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final int CHANGES_PER_DELETION = 4;

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
      Map<RowKey, Optional<Bytes>> changes = new TreeMap<>(LivedDirectory::byText);
      changes.put(key(random.nextInt(KEYS)), change(maxBytes));
      commit(changes);
    }
  }

  /** Commits many changes at once: at least one row, and now and then a deletion. */
  void writeTogether(int count, int maxBytes) {
    Map<RowKey, Optional<Bytes>> changes = new TreeMap<>(LivedDirectory::byText);
    changes.put(key(random.nextInt(KEYS)), Optional.of(value(maxBytes)));
    for (int i = 1; i < count; i++) {
      changes.putIfAbsent(key(random.nextInt(KEYS)), change(maxBytes));
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

  private void commit(Map<RowKey, Optional<Bytes>> changes) {
    List<Write> writes = new ArrayList<>();
    changes.forEach((key, change) ->
        writes.add(
            change.<Write>map(value -> new Write.Put(key, value)).orElse(new Write.Delete(key))));
    opened.store().transact(changes.keySet(), _ -> new Verdict<>(true, writes));
    changes.forEach((key, change) -> {
      change.ifPresentOrElse(value -> rows.put(key, value), () -> rows.remove(key));
      change.ifPresent(value -> written.computeIfAbsent(key, _ -> new ArrayList<>()).add(value));
    });
  }

  /** A new value, or now and then a deletion. */
  private Optional<Bytes> change(int maxBytes) {
    return random.nextInt(CHANGES_PER_DELETION) == 0
        ? Optional.empty()
        : Optional.of(value(maxBytes));
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
