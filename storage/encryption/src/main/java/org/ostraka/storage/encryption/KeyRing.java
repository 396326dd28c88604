package org.ostraka.storage.encryption;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ostraka.model.Bytes;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CorruptDataException;
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

/** The keys of all spaces: stored in wrapped form, and kept in memory once used. Any thread. */
final class KeyRing {
  private final Store store;
  private final MasterKey master;
  private final InstantSource clock;
  private final Map<Space, SpaceKeys> known = new ConcurrentHashMap<>();

  KeyRing(Store store, MasterKey master, InstantSource clock) {
    this.store = store;
    this.master = master;
    this.clock = clock;
  }

  /** Returns the keys of a space; empty when nothing was ever written to it. */
  Optional<SpaceKeys> find(Space space) {
    SpaceKeys keys = known.get(space);
    return keys != null ? Optional.of(keys) : load(space);
  }

  /** Returns the keys of a space if they are in memory. */
  Optional<SpaceKeys> inMemory(Space space) {
    return Optional.ofNullable(known.get(space));
  }

  /** Returns the keys of a space, which are made if there are none. */
  SpaceKeys require(Space space) {
    return find(space).orElseGet(() -> make(space));
  }

  /** Reads the keys of a space again: another server may have made a version. */
  Optional<SpaceKeys> load(Space space) {
    List<StoredKeyRow> rows = rows(space);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    SpaceKeys keys = unwrapped(space, rows);
    known.put(space, keys);
    return Optional.of(keys);
  }

  /** Destroys the keys of a space. */
  void destroy(Space space) {
    List<RowKey> places = rows(space).stream().map(StoredKeyRow::place).toList();
    if (!places.isEmpty()) {
      store.transact(
          places, _ -> new Verdict<>(true, places.stream().<Write>map(Write.Delete::new).toList()));
    }
    known.remove(space);
  }

  /**
   * Wraps again what another master key wrapped, and makes a new version of data keys that are
   * older than {@code lifetime}.
   */
  void renew(Duration lifetime) {
    Instant oldest = clock.instant().minus(lifetime);
    Map<Space, StoredKeyRow> newest = new HashMap<>();
    for (StoredKeyRow row : allRows()) {
      if (!row.masterId().equals(master.id())) {
        wrapAgain(row);
      }
      newest.merge(row.space(), row, (a, b) -> a.version() > b.version() ? a : b);
    }
    newest.values().stream()
        .filter(row -> row.version() > StoredKeyRow.PARTITIONS && row.made().isBefore(oldest))
        .forEach(row -> add(row.space(), row.version() + 1));
  }

  /** Verifies that every key can be unwrapped. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (StoredKeyRow row : allRows()) {
      try {
        row.key(master);
      } catch (MasterKeyException failure) {
        problems.add("key " + row.version() + " of space " + row.space().id() + ": " + failure);
      }
    }
    return problems;
  }

  private SpaceKeys make(Space space) {
    StoredKeyRow partitions = wrapped(space, StoredKeyRow.PARTITIONS);
    StoredKeyRow first = wrapped(space, StoredKeyRow.PARTITIONS + 1);
    store.transact(
        List.of(partitions.place(), first.place()),
        rows ->
            rows.row(partitions.place()).isPresent()
                ? Verdict.unchanged(false)
                : new Verdict<>(true, List.of(put(partitions), put(first))));
    return load(space).orElseThrow();
  }

  private void add(Space space, int version) {
    StoredKeyRow added = wrapped(space, version);
    RowKey before = StoredKeyRow.place(space, version - 1);
    store.transact(
        List.of(before, added.place()),
        rows ->
            rows.row(before).isEmpty() || rows.row(added.place()).isPresent()
                ? Verdict.unchanged(false)
                : new Verdict<>(true, List.of(put(added))));
    load(space);
  }

  private void wrapAgain(StoredKeyRow row) {
    StoredKeyRow again;
    try {
      again = row.wrappedAgain(master);
    } catch (MasterKeyException failure) {
      throw unusable(failure);
    }
    store.transact(
        List.of(row.place()),
        rows ->
            rows.row(row.place()).map(Row::value).filter(row.value()::equals).isEmpty()
                ? Verdict.unchanged(false)
                : new Verdict<>(true, List.of(put(again))));
  }

  private StoredKeyRow wrapped(Space space, int version) {
    try {
      return StoredKeyRow.of(master, space, version, clock.instant(), AesGcm.newKey());
    } catch (MasterKeyException failure) {
      throw unusable(failure);
    }
  }

  private static Write put(StoredKeyRow row) {
    return new Write.Put(row.place(), row.value());
  }

  private SpaceKeys unwrapped(Space space, List<StoredKeyRow> rows) {
    Map<Integer, AesGcm> values = new HashMap<>();
    Optional<PartitionCipher> partitions = Optional.empty();
    StoredKeyRow newest = rows.getFirst();
    try {
      for (StoredKeyRow row : rows) {
        byte[] key = row.key(master);
        if (row.version() == StoredKeyRow.PARTITIONS) {
          partitions = Optional.of(new PartitionCipher(key));
        } else {
          values.put(row.version(), new AesGcm(key));
          newest = row;
        }
      }
    } catch (MasterKeyException failure) {
      throw unusable(failure);
    }
    if (partitions.isEmpty() || values.isEmpty()) {
      throw new CorruptDataException("space " + space.id() + " lacks one of its keys");
    }
    return new SpaceKeys(space, partitions.get(), values, newest.version(), newest.made());
  }

  private static StorageFailedException unusable(MasterKeyException failure) {
    return new StorageFailedException("the keys of the data cannot be used", failure);
  }

  private List<StoredKeyRow> rows(Space space) {
    Bytes partition = StoredKeyRow.partition(space);
    return rows(Range.OfPartition.all(EncryptedStore.KEYS, partition, Direction.FORWARD));
  }

  private List<StoredKeyRow> allRows() {
    return rows(Range.OfSlice.all(EncryptedStore.KEYS));
  }

  private List<StoredKeyRow> rows(Range range) {
    List<StoredKeyRow> found = new ArrayList<>();
    try (Cursor cursor = store.scan(range, Consistency.STRONG, Wanted.ALL)) {
      for (Optional<Row> row = cursor.next(); row.isPresent(); row = cursor.next()) {
        found.add(StoredKeyRow.of(row.get()));
      }
    }
    return found;
  }
}
