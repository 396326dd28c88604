package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.ostraka.storage.volume.Loss;
import org.ostraka.storage.volume.Salvage;
import org.ostraka.storage.volume.VolumeFullException;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.SstFileReader;

/**
 * Reads everything that can be read of a directory whose files are damaged. Changes none of them;
 * links and copies lie in a directory of its own. One thread.
 */
final class RocksSalvage {
  private final SalvageOpening opening;
  private final RocksFiles files;
  private final Path work;
  private final List<Loss> losses = new ArrayList<>();
  private final Map<Path, List<Loss.Keys>> damagedKeys = new TreeMap<>();
  private final List<Path> soundTables = new ArrayList<>();
  private final List<Path> logs = new ArrayList<>();

  /**
   * Makes a salvage.
   *
   * @param work an empty directory for links and copies
   */
  RocksSalvage(SalvageOpening opening, Path work) {
    this.opening = opening;
    this.files = new RocksFiles(opening.directory().rocksdb());
    this.work = work;
  }

  /** Gives every entry that can be read to a salvage, in the order of the keys. */
  List<Loss> run(Salvage salvage) throws IOException, DataDirectoryException, VolumeFullException {
    if (!Files.isDirectory(files.directory())) {
      losses.add(Loss.ofAny(files.directory() + " is missing, and all rows with it"));
      return losses;
    }
    SalvagedState state = SalvagedState.read(opening.directory(), files, losses::add);
    classify(state);
    logs.addAll(SalvagedLogs.copy(files, state, work, losses::add));
    readAll(salvage);
    return losses;
  }

  /** Tells sound table files from damaged ones, and notes which are missing or unreadable. */
  private void classify(SalvagedState state) throws IOException, DataDirectoryException {
    NavigableMap<Long, Path> present = files.tables();
    for (ManifestTables.Table table : state.tables().values()) {
      if (!present.containsKey(table.number())) {
        String message = files.table(table.number()) + " is missing";
        losses.add(new Loss(message, new Loss.Keys(table.smallest(), table.largest())));
      }
    }
    for (Map.Entry<Long, Path> table : present.entrySet()) {
      if (state.mayBeInUse(table.getKey())) {
        classify(table.getValue(), state.keysOf(table.getKey()));
      }
    }
  }

  private void classify(Path table, Loss.Keys keys) throws IOException, DataDirectoryException {
    try (Options options = new Options();
        SstFileReader reader = new SstFileReader(options)) {
      long entries = open(reader, table);
      try {
        reader.verifyChecksum();
        soundTables.add(table);
      } catch (RocksDBException damage) {
        findDamagedKeys(table, entries, damage);
      }
    } catch (RocksDBException damage) {
      losses.add(new Loss(table + " cannot be read: " + damage.getMessage(), keys));
    }
  }

  /** Opens a file and returns how many entries it has. */
  private static long open(SstFileReader reader, Path table) throws RocksDBException {
    reader.open(table.toString());
    long entries = reader.getTableProperties().getNumEntries();
    if (entries == 0 && reader.getTableProperties().getNumRangeDeletions() == 0) {
      // Without its properties, RocksDB does not know how the index is written.
      throw new RocksDBException("its properties are damaged");
    }
    return entries;
  }

  private void findDamagedKeys(Path table, long entries, RocksDBException damage)
      throws IOException, DataDirectoryException {
    Path path = work.resolve("table-" + RocksFiles.number(table));
    try (SalvageView view = SalvageView.open(path, List.of(table), List.of(), opening)) {
      List<Loss.Keys> found = DamagedTable.damagedKeys(view.database());
      damagedKeys.put(table, found);
      for (Loss.Keys keys : found) {
        losses.add(
            new Loss(
                "a block of "
                    + table
                    + ", which has "
                    + entries
                    + " entries, is damaged: "
                    + damage.getMessage(),
                keys));
      }
      if (found.isEmpty()) {
        losses.add(
            Loss.ofNone(
                table + " is damaged beside its entries, which are whole: " + damage.getMessage()));
      }
    }
  }

  /**
   * Reads all entries. Where a block is damaged, the other files are read, which may have an older
   * entry of the same key.
   */
  private void readAll(Salvage salvage)
      throws IOException, DataDirectoryException, VolumeFullException {
    List<Path> readable = new ArrayList<>(soundTables);
    readable.addAll(damagedKeys.keySet());
    List<Loss.Keys> ranges = joined(damagedKeys.values().stream().flatMap(List::stream).toList());
    try (SalvageView all = SalvageView.open(work.resolve("all"), readable, logs, opening);
        SalvageView others = SalvageView.open(work.resolve("sound"), soundTables, logs, opening)) {
      byte[] from = new byte[0];
      for (Loss.Keys range : ranges) {
        readBefore(all, from, range.first(), salvage);
        from = after(range.last());
        read(others, range.first(), from, salvage, true);
      }
      read(all, from, new byte[] {(byte) 0xFF, (byte) 0xFF}, salvage, false);
    }
  }

  /**
   * Reads up to a damaged block. An iterator whose bound is behind the block in front of it reads
   * the damaged one too, so the last key is read by itself.
   *
   * @param to the least key of the damaged block: empty, or a key with a zero behind it
   */
  private void readBefore(SalvageView view, byte[] from, byte[] to, Salvage salvage)
      throws DataDirectoryException, VolumeFullException {
    if (Arrays.compareUnsigned(from, to) >= 0) {
      return;
    }
    byte[] last = Arrays.copyOf(to, to.length - 1);
    read(view, from, last, salvage, false);
    if (Arrays.compareUnsigned(from, last) <= 0) {
      try {
        byte[] value = view.database().get(last);
        if (value != null) {
          salvage.add(last, value, mayBeOlder(last));
        }
      } catch (RocksDBException failure) {
        throw unreadable(failure);
      }
    }
  }

  private void read(SalvageView view, byte[] from, byte[] to, Salvage salvage, boolean doubtful)
      throws DataDirectoryException, VolumeFullException {
    if (Arrays.compareUnsigned(from, to) >= 0) {
      return;
    }
    try (Slice upper = new Slice(to);
        ReadOptions options = new ReadOptions().setIterateUpperBound(upper);
        RocksIterator entries = view.database().newIterator(options)) {
      entries.seek(from);
      while (entries.isValid()) {
        boolean mayBeOlder = doubtful || mayBeOlder(entries.key());
        salvage.add(entries.key(), entries.value(), mayBeOlder);
        entries.next();
      }
      entries.status();
    } catch (RocksDBException failure) {
      throw unreadable(failure);
    }
  }

  private DataDirectoryException unreadable(RocksDBException failure) {
    return new DataDirectoryException(
        "what is sound in "
            + opening.directory().path()
            + " cannot be read: "
            + failure.getMessage(),
        failure);
  }

  /** Returns whether a newer entry of the key may be lost, by more than that of any key may be. */
  private boolean mayBeOlder(byte[] key) {
    return losses.stream().anyMatch(loss -> !loss.isOfAny() && loss.mayHaveHad(key));
  }

  /** Returns the ranges in order, each two that overlap as one. */
  private static List<Loss.Keys> joined(List<Loss.Keys> ranges) {
    List<Loss.Keys> joined = new ArrayList<>();
    for (Loss.Keys range :
        ranges.stream()
            .sorted(Comparator.comparing(Loss.Keys::first, Arrays::compareUnsigned))
            .toList()) {
      Optional<Loss.Keys> last =
          joined.isEmpty() ? Optional.empty() : Optional.of(joined.getLast());
      if (last.isPresent() && Arrays.compareUnsigned(range.first(), last.get().last()) <= 0) {
        byte[] end =
            Arrays.compareUnsigned(range.last(), last.get().last()) > 0
                ? range.last()
                : last.get().last();
        joined.set(joined.size() - 1, new Loss.Keys(last.get().first(), end));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  private static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
