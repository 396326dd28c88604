package org.ostraka.storage.encryption;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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
  private final SpaceMasters masters;
  private final InstantSource clock;
  private final Map<Space, SpaceKeys> known = new ConcurrentHashMap<>();

  /** Held while keys are loaded, made or destroyed, so that what is in memory is what is stored. */
  private final ReentrantLock changing = new ReentrantLock();

  KeyRing(Store store, SpaceMasters masters, InstantSource clock) {
    this.store = store;
    this.masters = masters;
    this.clock = clock;
  }

  /** Returns the keys of a space; empty when nothing was ever written to it. */
  Optional<SpaceKeys> find(Space space) {
    SpaceKeys keys = known.get(space);
    return keys != null ? Optional.of(keys) : alone(() -> inMemory(space).or(() -> load(space)));
  }

  /** Returns whether a key of a space is stored. */
  boolean isStored(Space space) {
    return !rows(space).isEmpty();
  }

  /** Returns the keys of a space with this version of its data key; empty if it has none. */
  Optional<SpaceKeys> withVersion(Space space, int version) {
    return alone(() ->
        inMemory(space)
            .filter(keys -> keys.values().containsKey(version))
            .or(() -> load(space).filter(keys -> keys.values().containsKey(version))));
  }

  /** Returns the keys of a space if they are in memory. */
  Optional<SpaceKeys> inMemory(Space space) {
    return Optional.ofNullable(known.get(space));
  }

  /** Returns the keys of a space, which are made if there are none. */
  SpaceKeys require(Space space) {
    return find(space).orElseGet(() -> alone(() -> inMemory(space).orElseGet(() -> make(space))));
  }

  /** Reads the keys of a space; those of another server may be new. Changing alone. */
  private Optional<SpaceKeys> load(Space space) {
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
    var _ =
        alone(() -> {
          // Until there are none: a decision takes some, and another server may add a version.
          for (List<RowKey> places = places(space); !places.isEmpty(); places = places(space)) {
            List<Write> deletions = places.stream().<Write>map(Write.Delete::new).toList();
            store.transact(places, _ -> new Verdict<>(true, deletions));
          }
          return Optional.ofNullable(known.remove(space));
        });
  }

  private List<RowKey> places(Space space) {
    return rows(space).stream()
        .map(StoredKeyRow::place)
        .limit(store.limits().declaredKeys())
        .toList();
  }

  private <T> T alone(Supplier<T> work) {
    changing.lock();
    try {
      return work.get();
    } finally {
      changing.unlock();
    }
  }

  /**
   * Wraps again what another master key wrapped, and makes a new version of data keys that are
   * older than {@code lifetime}. One key that cannot be wrapped again does not keep the others from
   * it. Failures of keys that tables name are left to {@link #tryTableKeys}.
   *
   * @throws StorageFailedException when a key of the server failed
   */
  void renew(Duration lifetime) {
    Instant oldest = clock.instant().minus(lifetime);
    Map<Space, StoredKeyRow> newest = new HashMap<>();
    Optional<StorageFailedException> failure = Optional.empty();
    for (StoredKeyRow row : allRows()) {
      try {
        wrapAgainIfOther(row);
      } catch (StorageFailedException failed) {
        failure = failure.or(() -> Optional.of(failed).filter(_ -> !isOfTable(row)));
      }
      newest.merge(row.space(), row, (a, b) -> a.version() > b.version() ? a : b);
    }
    for (StoredKeyRow row : newest.values()) {
      if (row.version() > StoredKeyRow.PARTITIONS && row.made().isBefore(oldest)) {
        try {
          addAfter(row);
        } catch (StorageFailedException failed) {
          failure = failure.or(() -> Optional.of(failed).filter(_ -> !isOfTable(row)));
        }
      }
    }
    failure.ifPresent(failed -> {
      throw failed;
    });
  }

  /**
   * Asks the key service for each key that tables name: unwraps something by each, and wraps again
   * what another key wrapped.
   *
   * @return the spaces whose keys cannot be unwrapped, each with the reason
   */
  Map<Space, MasterKeyException> tryTableKeys() {
    Map<Space, MasterKeyException> unusable = new HashMap<>();
    Map<String, Optional<MasterKeyException>> tried = new HashMap<>();
    Set<String> cannotWrap = new HashSet<>();
    for (StoredKeyRow row : allRows()) {
      if (!isOfTable(row)) {
        continue;
      }
      Optional<MasterKeyException> failure =
          SpaceMasters.arn(row.masterId()).isEmpty()
              ? Optional.empty()
              : tried.computeIfAbsent(row.masterId(), _ -> unwrapFailure(row));
      failure.ifPresent(why -> unusable.put(row.space(), why));
      String wanted = masters.of(row).id();
      if (failure.isEmpty() && !cannotWrap.contains(wanted) && !wrapsAgain(row)) {
        cannotWrap.add(wanted);
      }
    }
    return unusable;
  }

  /** Returns whether a key that tables name wraps a key, or is to wrap it. */
  private boolean isOfTable(StoredKeyRow row) {
    return SpaceMasters.arn(row.masterId())
        .or(() -> SpaceMasters.arn(masters.of(row).id()))
        .isPresent();
  }

  private Optional<MasterKeyException> unwrapFailure(StoredKeyRow row) {
    try {
      var _ = unwrapped(row);
      return Optional.empty();
    } catch (MasterKeyException failure) {
      return Optional.of(failure);
    }
  }

  /** Wraps a key again if that is due; returns whether the key service did it. */
  private boolean wrapsAgain(StoredKeyRow row) {
    try {
      wrapAgainIfOther(row);
      return true;
    } catch (StorageFailedException failure) {
      if (failure.getCause() instanceof MasterKeyException) {
        return false;
      }
      throw failure;
    }
  }

  /** Removes the keys of a space from memory, so that they are unwrapped again when needed. */
  void forget(Space space) {
    var _ = alone(() -> Optional.ofNullable(known.remove(space)));
  }

  /** Verifies that every key can be unwrapped. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (StoredKeyRow row : allRows()) {
      try {
        row.key(masters.byId(row.masterId()));
      } catch (MasterKeyException failure) {
        problems.add(
            "key " + row.version() + " of space " + row.space().id() + ": " + failure.getMessage());
      }
    }
    return problems;
  }

  private SpaceKeys make(Space space) {
    StoredKeyRow partitions = wrapped(space, StoredKeyRow.PARTITIONS, masters.of(space));
    StoredKeyRow first = wrapped(space, StoredKeyRow.PARTITIONS + 1, masters.of(space));
    store.transact(
        List.of(partitions.place(), first.place()),
        rows ->
            rows.row(partitions.place()).isPresent()
                ? Verdict.unchanged(false)
                : new Verdict<>(true, List.of(put(partitions), put(first))));
    return load(space).orElseThrow();
  }

  /** Stores the version of a data key that follows the newest one. */
  private void addAfter(StoredKeyRow newest) {
    Space space = newest.space();
    StoredKeyRow added = wrapped(space, newest.version() + 1, masters.of(newest));
    RowKey first = StoredKeyRow.place(space, StoredKeyRow.PARTITIONS);
    store.transact(
        List.of(first, added.place()),
        rows ->
            rows.row(first).isEmpty() || rows.row(added.place()).isPresent()
                ? Verdict.unchanged(false)
                : new Verdict<>(true, List.of(put(added))));
    // Keys that are not in memory are loaded with the new version when they are needed.
    var _ = alone(() -> inMemory(space).flatMap(_ -> load(space)));
  }

  /** Wraps a key again when another master key than the wanted one wrapped it. */
  private void wrapAgainIfOther(StoredKeyRow row) {
    MasterKey master = masters.of(row);
    if (!row.masterId().equals(master.id())) {
      wrapAgain(row, master);
    }
  }

  private void wrapAgain(StoredKeyRow row, MasterKey master) {
    StoredKeyRow again;
    try {
      again = row.wrappedAgain(masters.byId(row.masterId()), master);
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

  private StoredKeyRow wrapped(Space space, int version, MasterKey master) {
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
    // A cipher that is known stays: a new one of the same key would choose new random bytes for its
    // nonces, and their number bounds what is safe.
    Map<Integer, AesGcm> values = new HashMap<>();
    inMemory(space).ifPresent(keys -> values.putAll(keys.values()));
    Optional<PartitionCipher> partitions = inMemory(space).map(SpaceKeys::partitions);
    StoredKeyRow newest = rows.getFirst();
    try {
      for (StoredKeyRow row : rows) {
        if (row.version() == StoredKeyRow.PARTITIONS) {
          partitions = Optional.of(partitions.orElseGet(() -> new PartitionCipher(unwrapped(row))));
        } else {
          values.computeIfAbsent(row.version(), _ -> new AesGcm(unwrapped(row)));
          newest = row;
        }
      }
    } catch (MasterKeyException failure) {
      throw unusable(failure);
    }
    if (partitions.isEmpty() || values.isEmpty()) {
      throw new CorruptDataException("space " + space.id() + " lacks one of its keys");
    }
    return new SpaceKeys(space, partitions.get(), values, newest.version());
  }

  private byte[] unwrapped(StoredKeyRow row) {
    return row.key(masters.byId(row.masterId()));
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
