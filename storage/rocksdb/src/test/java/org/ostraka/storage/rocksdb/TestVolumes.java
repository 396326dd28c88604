package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;
import org.ostraka.storage.volume.VolumeStore;

/** What the tests of this package do with directories, volumes and stores. Stateless. */
final class TestVolumes {
  static final Space SPACE = new Space(1);

  /** Little memory, and no room kept free unless a test says so. */
  static final RocksSettings SETTINGS = new RocksSettings(4 << 20, 16 << 20, 0);

  private TestVolumes() {}

  /** An open store with everything below it. One thread closes it. */
  record Opened(DataDirectory directory, ExecutorService scans, RocksVolume volume, Store store)
      implements AutoCloseable {
    @Override
    public void close() {
      store.close();
      scans.shutdownNow();
      directory.close();
    }
  }

  static Opened open(Path path) throws DataDirectoryException {
    return open(path, SETTINGS);
  }

  static Opened open(Path path, RocksSettings settings) throws DataDirectoryException {
    return opened(DataDirectory.open(path), settings, false, LostWrites.REFUSE);
  }

  /** Opens damaged data without what is lost. */
  static Opened openAcceptingLoss(Path path) throws DataDirectoryException {
    return opened(DataDirectory.open(path), SETTINGS, false, LostWrites.ACCEPT);
  }

  static VolumeThreads threads(ExecutorService scans) {
    return new VolumeThreads(scans, Thread.ofPlatform().daemon().factory());
  }

  static Opened openReadOnly(Path path) throws DataDirectoryException {
    return opened(DataDirectory.openExisting(path), SETTINGS, true, LostWrites.REFUSE);
  }

  private static Opened opened(
      DataDirectory directory, RocksSettings settings, boolean readOnly, LostWrites loss)
      throws DataDirectoryException {
    ExecutorService scans = Executors.newFixedThreadPool(2);
    try {
      RocksVolume volume =
          readOnly
              ? RocksVolume.openReadOnly(directory, settings, threads(scans))
              : RocksVolume.open(directory, settings, threads(scans), loss);
      return new Opened(directory, scans, volume, store(volume));
    } catch (DataDirectoryException | StorageException unusable) {
      scans.shutdownNow();
      directory.close();
      throw unusable;
    }
  }

  private static Store store(RocksVolume volume) {
    try {
      return new VolumeStore(volume, new HybridClock(InstantSource.system()), Thread::new, _ -> {});
    } catch (StorageException unreadable) {
      volume.close();
      throw unreadable;
    }
  }

  static RowKey key(int number) {
    return new RowKey(SPACE, bytes("p"), bytes("s%06d".formatted(number)));
  }

  static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static void put(Store store, RowKey key, Bytes value) {
    store.transact(List.of(key), _ -> new Verdict<>(true, List.of(new Write.Put(key, value))));
  }

  static Optional<Bytes> read(Store store, RowKey key) {
    return store.read(key, Consistency.STRONG).map(Row::value);
  }

  static List<Row> rows(Store store, Range range) {
    List<Row> rows = new ArrayList<>();
    try (Cursor cursor = store.scan(range, Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        rows.add(row.get());
        row = cursor.next();
      }
    }
    return rows;
  }

  /**
   * Copies a directory as it is, as a crash would leave it. RocksDB makes and removes files in the
   * background: a copy during which it did either shows no moment that ever was, and is made anew.
   */
  static void copy(Path from, Path to) throws IOException {
    while (!copiedAtRest(from, to)) {
      if (Files.exists(to)) {
        for (Path file : walked(to).reversed()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Copies all files; false when the directory had other files afterwards than before. */
  private static boolean copiedAtRest(Path from, Path to) throws IOException {
    List<Path> before = walked(from);
    if (before.isEmpty()) {
      return false;
    }
    for (Path file : before) {
      try {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      } catch (NoSuchFileException _) {
        return false;
      }
    }
    return walked(from).equals(before);
  }

  /** Returns all files, or none when one vanished while they were listed. */
  private static List<Path> walked(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.sorted().toList();
    } catch (UncheckedIOException vanished) {
      return List.of();
    }
  }
}
