package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
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
  private final NamedLosses losses = new NamedLosses();
  private final SortedMap<Path, KeyRanges> damagedTables = new TreeMap<>();

  /** Keys of table files of which nothing can be read, where they are known. */
  private final List<Loss.Keys> lostTables = new ArrayList<>();

  private KeyRanges keysOfLostTables = KeyRanges.of(List.of());
  private int views;
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

  /** Gives every entry that can be read to a salvage. */
  List<Loss> run(Salvage salvage) throws IOException, DataDirectoryException, VolumeFullException {
    if (!Files.isDirectory(files.directory())) {
      losses.add(Loss.ofAny(files.directory() + " is missing, and all rows with it"));
      return losses.all();
    }
    SalvagedState state = SalvagedState.read(opening.directory(), files, losses::add);
    classify(state);
    logs.addAll(SalvagedLogs.copy(files, state, work, losses::add));
    readAll(salvage);
    return losses.all();
  }

  /** Tells sound table files from damaged ones, and notes which are missing or unreadable. */
  private void classify(SalvagedState state) throws IOException, DataDirectoryException {
    NavigableMap<Long, Path> present = files.tables();
    for (ManifestTables.Table table : state.tables().values()) {
      if (!present.containsKey(table.number())) {
        String message = files.table(table.number()) + " is missing";
        loseTable(new Loss(message, new Loss.Keys(table.smallest(), table.largest())));
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
      long entries = TableFiles.open(reader, table);
      try {
        reader.verifyChecksum();
        soundTables.add(table);
      } catch (RocksDBException damage) {
        findDamagedKeys(table, entries, damage);
      }
    } catch (RocksDBException damage) {
      loseTable(new Loss(table + " cannot be read: " + damage.getMessage(), keys));
    }
  }

  private void loseTable(Loss loss) {
    losses.add(loss);
    if (!loss.isOfAny()) {
      lostTables.add(loss.keys());
    }
  }

  private void findDamagedKeys(Path table, long entries, RocksDBException damage)
      throws IOException, DataDirectoryException {
    Path path = work.resolve("table-" + RocksFiles.number(table));
    try (SalvageView view = SalvageView.open(path, List.of(table), List.of(), opening)) {
      List<Loss.Keys> found = DamagedTable.damagedKeys(view.database());
      damagedTables.put(table, KeyRanges.of(found));
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
   * Reads all entries. Where a block of a file is damaged, all other files are read, which may have
   * an older entry of the same key.
   */
  private void readAll(Salvage salvage)
      throws IOException, DataDirectoryException, VolumeFullException {
    keysOfLostTables = KeyRanges.of(lostTables);
    Map<Set<Path>, List<byte[]>> others = new LinkedHashMap<>();
    for (Map.Entry<Set<Path>, List<KeyPieces.Piece>> pieces :
        KeyPieces.byDamaged(damagedTables).entrySet()) {
      try (SalvageView view = without(pieces.getKey())) {
        for (KeyPieces.Piece piece : pieces.getValue()) {
          Entries into = entriesOf(salvage, !pieces.getKey().isEmpty());
          if (!isRead(view, piece, into)) {
            others.computeIfAbsent(piece.damagedBehind(), _ -> new ArrayList<>()).add(piece.last());
          }
        }
      }
    }
    for (Map.Entry<Set<Path>, List<byte[]>> keys : others.entrySet()) {
      try (SalvageView view = without(keys.getKey())) {
        for (byte[] key : keys.getValue()) {
          readOne(view, key, entriesOf(salvage, true));
        }
      } catch (RocksDBException failure) {
        throw unreadable(failure);
      }
    }
  }

  /** Opens everything that can be read but some damaged table files. */
  private SalvageView without(Set<Path> damaged) throws IOException, DataDirectoryException {
    Set<Path> readable = new TreeSet<>(soundTables);
    readable.addAll(damagedTables.keySet());
    readable.removeAll(damaged);
    return SalvageView.open(work.resolve("view-" + views++), readable, logs, opening);
  }

  /** Takes the entries that are read. */
  @FunctionalInterface
  private interface Entries {
    void add(byte[] key, byte[] value) throws VolumeFullException;
  }

  private Entries entriesOf(Salvage salvage, boolean mayBeOlder) {
    return (key, value) -> salvage.add(key, value, mayBeOlder || keysOfLostTables.have(key));
  }

  /**
   * Reads a piece. An iterator whose bound is behind a block reads the next one too, which may be
   * damaged, so the last key is read by itself.
   *
   * @return false if the last key could not be read: a file that has no newer entry of it has a
   *     damaged block right behind it
   */
  private boolean isRead(SalvageView view, KeyPieces.Piece piece, Entries into)
      throws DataDirectoryException, VolumeFullException {
    try {
      if (Arrays.compareUnsigned(piece.first(), piece.last()) < 0) {
        readBefore(view, piece.first(), piece.last(), into);
      }
    } catch (RocksDBException failure) {
      throw unreadable(failure);
    }
    try {
      readOne(view, piece.last(), into);
      return true;
    } catch (RocksDBException failure) {
      if (piece.damagedBehind().isEmpty()) {
        throw unreadable(failure);
      }
      return false;
    }
  }

  /**
   * Reads one key by an iterator, which takes the entry with the greatest sequence number; a lookup
   * would take that of the first file that has one.
   */
  private static void readOne(SalvageView view, byte[] key, Entries into)
      throws RocksDBException, VolumeFullException {
    try (Slice upper = new Slice(KeyRanges.after(key));
        ReadOptions options = new ReadOptions().setIterateUpperBound(upper);
        RocksIterator entries = view.database().newIterator(options)) {
      entries.seek(key);
      if (entries.isValid()) {
        into.add(entries.key(), entries.value());
      } else {
        entries.status();
      }
    }
  }

  private static void readBefore(SalvageView view, byte[] from, byte[] to, Entries into)
      throws RocksDBException, VolumeFullException {
    try (Slice upper = new Slice(to);
        ReadOptions options = new ReadOptions().setIterateUpperBound(upper);
        RocksIterator entries = view.database().newIterator(options)) {
      entries.seek(from);
      while (entries.isValid()) {
        into.add(entries.key(), entries.value());
        entries.next();
      }
      entries.status();
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
}
