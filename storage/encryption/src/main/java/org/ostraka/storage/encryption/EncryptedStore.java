package org.ostraka.storage.encryption;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ostraka.model.Bytes;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.secret.TableKeys;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Decision;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Measure;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.StoreLimits;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/**
 * A store that encrypts the values of rows and log records, and the partitions of keys, before
 * another store gets them. Sort bytes stay as they are, since the other store orders rows by them.
 * Any thread.
 *
 * <p>Each space has keys of its own, which lie in the other store, wrapped by the master key. When
 * a space is dropped, its keys are destroyed, and with them whatever the disk still holds of it.
 */
public final class EncryptedStore implements Store {
  /** The space of the wrapped keys, which no caller sees. */
  static final Space KEYS = new Space(Long.MAX_VALUE - 16);

  /** The key whose row says that the data is encrypted; it encrypts nothing. */
  private static final RowKey MARKER = StoredKeyRow.place(KEYS, StoredKeyRow.PARTITIONS);

  private final Store store;
  private final KeyRing keys;
  private final SpaceMasters masters;

  private EncryptedStore(Store store, KeyRing keys, SpaceMasters masters) {
    this.store = store;
    this.keys = keys;
    this.masters = masters;
  }

  /**
   * Returns whether data was encrypted, and needs to be opened by {@link #open}: it has wrapped
   * keys, even if the one that is a mark of encryption is lost.
   */
  public static boolean isEncrypted(Store store) {
    return store.read(MARKER, Consistency.STRONG).isPresent() || hasRows(store, KEYS);
  }

  private static boolean hasRows(Store store, Space space) {
    try (Cursor cursor = store.scan(Range.OfSlice.all(space), Consistency.STRONG, Wanted.ALL)) {
      return cursor.next().isPresent();
    } catch (CorruptDataException _) {
      return true;
    }
  }

  /**
   * Opens encrypted data, or begins to encrypt an empty store. It closes the store that it is over.
   *
   * @throws org.ostraka.secret.MasterKeyException when this is not the master key of the data, or
   *     cannot be reached
   * @throws StorageFailedException when the store has data that is not encrypted, or encrypted data
   *     without its mark
   */
  public static EncryptedStore open(Store store, MasterKey master, InstantSource clock) {
    return open(store, master, TableKeys.NONE, clock);
  }

  /**
   * Opens encrypted data whose tables may have keys of their own; see the other method of this
   * name.
   */
  public static EncryptedStore open(
      Store store, MasterKey master, TableKeys tableKeys, InstantSource clock) {
    if (!isEncrypted(store)) {
      begin(store, master, clock);
    }
    Row marker =
        store
            .read(MARKER, Consistency.STRONG)
            .orElseThrow(() ->
                new StorageFailedException(
                    "the data is encrypted, and a row is lost that tells its master key:"
                        + " restore a backup"));
    // Unwrapped to see that this is the master key of the data.
    var _ = StoredKeyRow.of(marker).key(master);
    SpaceMasters masters = new SpaceMasters(master, tableKeys);
    return new EncryptedStore(store, new KeyRing(store, masters, clock), masters);
  }

  /** Begins to encrypt an empty store; does nothing when another server has just begun. */
  private static void begin(Store store, MasterKey master, InstantSource clock) {
    if (!store.spaces().isEmpty()) {
      if (isEncrypted(store)) {
        return;
      }
      throw new StorageFailedException(
          "the data is not encrypted: only an empty store can become encrypted");
    }
    StoredKeyRow marker =
        StoredKeyRow.of(master, KEYS, StoredKeyRow.PARTITIONS, clock.instant(), AesGcm.newKey());
    store.transact(
        List.of(MARKER),
        rows ->
            rows.row(MARKER).isPresent()
                ? Verdict.unchanged(false)
                : new Verdict<>(true, List.of(new Write.Put(MARKER, marker.value()))));
  }

  /**
   * Wraps again what an earlier master key wrapped, so that it can be removed from its file; and
   * makes new versions of data keys that are older than {@code lifetime}, which encrypt what is
   * written from now on.
   */
  public void renewKeys(Duration lifetime) {
    keys.renew(lifetime);
  }

  /**
   * From now on, wraps the keys of a space by the key that its table names.
   *
   * @param chosen returns what a space's table chose; empty for spaces of no table
   */
  public void followTableKeys(Function<Space, Optional<KeyChoice>> chosen) {
    masters.follow(chosen);
  }

  /**
   * Tries the keys that tables name, and wraps by them what others wrapped.
   *
   * @return the spaces whose keys cannot be unwrapped, each with the reason
   */
  public Map<Space, MasterKeyException> tryTableKeys() {
    return keys.tryTableKeys();
  }

  /**
   * Returns the key of a row by the place where the store below has it.
   *
   * @throws CorruptDataException when no row of this store can lie there
   */
  public RowKey keyAt(RowKey place) {
    SpaceKeys space = keys.find(place.space()).orElseThrow(() -> undecipherable("key"));
    return new RowKey(place.space(), space.partitions().decrypt(place.partition()), place.sort());
  }

  /** Returns the spaces that have rows, of which no key is left. */
  public SortedSet<Space> spacesWithoutKeys() {
    SortedSet<Space> spaces = spaces();
    spaces.removeIf(space -> keys.isStored(space) || !hasRows(store, space));
    return spaces;
  }

  /** Removes the keys of a space from memory, so that they are unwrapped again when needed. */
  public void forgetKeys(Space space) {
    keys.forget(space);
  }

  @Override
  public StoreLimits limits() {
    StoreLimits below = store.limits();
    return new StoreLimits(
        below.declaredKeys(),
        below.writes(),
        below.partitionBytes() - PartitionCipher.OVERHEAD_BYTES,
        below.sortBytes(),
        below.valueBytes() - SpaceKeys.OVERHEAD_BYTES);
  }

  @Override
  public ScanOrder scanOrder() {
    return new EncryptedOrder(store.scanOrder(), keys);
  }

  @Override
  public Optional<Row> read(RowKey key, Consistency consistency) {
    Optional<SpaceKeys> found = keys.find(key.space());
    return found.flatMap(
        space -> store.read(space.place(key), consistency).map(row -> decrypted(space, key, row)));
  }

  @Override
  public List<Optional<Row>> read(List<RowKey> wanted, Consistency consistency) {
    Map<RowKey, SpaceKeys> known = new HashMap<>();
    wanted.forEach(key -> keys.find(key.space()).ifPresent(space -> known.put(key, space)));
    List<RowKey> places = new ArrayList<>();
    for (RowKey key : wanted) {
      SpaceKeys space = known.get(key);
      if (space != null) {
        places.add(space.place(key));
      }
    }
    Iterator<Optional<Row>> rows =
        (places.isEmpty() ? List.<Optional<Row>>of() : store.read(places, consistency)).iterator();
    List<Optional<Row>> found = new ArrayList<>();
    for (RowKey key : wanted) {
      SpaceKeys space = known.get(key);
      found.add(
          space == null ? Optional.empty() : rows.next().map(row -> decrypted(space, key, row)));
    }
    return found;
  }

  @Override
  public Cursor scan(Range range, Consistency consistency, Wanted wanted) {
    Optional<SpaceKeys> space = keys.find(range.space());
    if (space.isEmpty()) {
      return new NoRows();
    }
    return new EncryptedCursor(
        store.scan(below(space.get(), range), consistency, wanted),
        row -> decrypted(space.get(), key(range, space.get(), row), row));
  }

  @Override
  public <T> T transact(
      Collection<RowKey> declared, Collection<Guard> guards, Decision<T> decision) {
    while (true) {
      try {
        return attempt(declared, guards, decision);
      } catch (NoKeysException missing) {
        // The decision runs again when the keys are in memory.
        if (missing.version() < 0) {
          keys.require(missing.space());
        } else if (keys.withVersion(missing.space(), missing.version()).isEmpty()) {
          throw undecipherable("row");
        }
      }
    }
  }

  private <T> T attempt(
      Collection<RowKey> declared, Collection<Guard> guards, Decision<T> decision) {
    Map<RowKey, RowKey> places = new HashMap<>();
    declared.forEach(key -> places.put(key, keys.require(key.space()).place(key)));
    Map<RowKey, RowKey> guarded = new HashMap<>();
    List<Guard> below = new ArrayList<>();
    for (Guard guard : guards) {
      RowKey place = keys.require(guard.key().space()).place(guard.key());
      guarded.put(place, guard.key());
      below.add(new Guard(place, guard.version()));
    }
    List<RowKey> declaredBelow = declared.stream().map(key -> place(places, key)).toList();
    try {
      return store.transact(declaredBelow, below, rows -> decided(decision, places, rows));
    } catch (GuardMismatchException mismatch) {
      throw new GuardMismatchException(guarded.getOrDefault(mismatch.key(), mismatch.key()));
    }
  }

  @Override
  public List<Measure> measures() {
    return store.measures();
  }

  @Override
  public LogPage readLog(LogId log, Position after, int maxRecords, long maxBytes) {
    Optional<SpaceKeys> found = keys.find(log.space());
    LogPage page = store.readLog(log, after, maxRecords, bytesBelow(maxRecords, maxBytes));
    if (page.records().isEmpty()) {
      return page;
    }
    SpaceKeys space =
        found.or(() -> keys.find(log.space())).orElseThrow(() -> undecipherable("log record"));
    List<LogRecord> records = new ArrayList<>();
    long bytes = 0;
    for (LogRecord record : page.records()) {
      bytes += record.value().sizeBytes() - SpaceKeys.OVERHEAD_BYTES;
      if (bytes > maxBytes && !records.isEmpty()) {
        return new LogPage(records, records.getLast().position());
      }
      records.add(decrypted(space, record));
    }
    return new LogPage(records, page.next());
  }

  /** Returns what records take below that have so many bytes; illegal limits stay illegal. */
  private static long bytesBelow(int maxRecords, long maxBytes) {
    long more = (long) maxRecords * SpaceKeys.OVERHEAD_BYTES;
    boolean isLegal = maxRecords > 0 && maxBytes > 0;
    return isLegal && maxBytes < Long.MAX_VALUE - more ? maxBytes + more : maxBytes;
  }

  @Override
  public Position oldest(LogId log) {
    return store.oldest(log);
  }

  @Override
  public Position newest(LogId log) {
    return store.newest(log);
  }

  @Override
  public void trim(LogId log, Position upTo) {
    store.trim(log, upTo);
  }

  @Override
  public Stamp floor() {
    return store.floor();
  }

  @Override
  public void drop(Space space) {
    store.drop(space);
    keys.destroy(space);
  }

  @Override
  public SortedSet<Space> spaces() {
    SortedSet<Space> spaces = new TreeSet<>(store.spaces());
    spaces.remove(KEYS);
    return spaces;
  }

  @Override
  public void check(Consumer<String> problems) {
    store.check(problems);
    keys.problems().forEach(problems);
    spacesWithoutKeys()
        .forEach(space ->
            problems.accept("the rows of space " + space.id() + " have no key: it is lost"));
  }

  @Override
  public void close() {
    store.close();
  }

  private <T> Verdict<T> decided(
      Decision<T> decision, Map<RowKey, RowKey> places, CurrentRows rows) {
    Verdict<T> verdict =
        decision.decide(key -> rows.row(place(places, key)).map(row -> decided(key, row)));
    List<Write> writes = verdict.writes().stream().map(write -> encrypted(write, places)).toList();
    return new Verdict<>(verdict.result(), writes, verdict.origin());
  }

  private static RowKey place(Map<RowKey, RowKey> places, RowKey key) {
    RowKey place = places.get(key);
    if (place == null) {
      throw new IllegalArgumentException("a key was not declared");
    }
    return place;
  }

  private Write encrypted(Write write, Map<RowKey, RowKey> places) {
    return switch (write) {
      case Write.Put(RowKey key, Bytes value) -> {
        RowKey place = placeOf(key, places);
        yield new Write.Put(place, current(key.space()).encryptRow(place, value));
      }
      case Write.Delete(RowKey key) -> new Write.Delete(placeOf(key, places));
      case Write.Derive(RowKey owner, RowKey key, Optional<Bytes> value) -> {
        SpaceKeys space = current(key.space());
        RowKey place = space.place(key);
        yield new Write.Derive(
            placeOf(owner, places), place, value.map(each -> space.encryptRow(place, each)));
      }
      case Write.Append(LogId log, Bytes record) ->
          new Write.Append(log, current(log.space()).encryptRecord(record));
      case Write.Replicated(var version, Write replicated) ->
          new Write.Replicated(version, encrypted(replicated, places));
    };
  }

  /** Returns where a row lies; the store below refuses the place of a key that was not declared. */
  private RowKey placeOf(RowKey key, Map<RowKey, RowKey> places) {
    RowKey place = places.get(key);
    return place != null ? place : current(key.space()).place(key);
  }

  /** Returns the keys of a space from memory alone: a decision cannot wait for the store. */
  private SpaceKeys current(Space space) {
    return keys.inMemory(space).orElseThrow(() -> new NoKeysException(space, -1));
  }

  /** Decrypts a row for a decision, from memory alone. */
  private Row decided(RowKey key, Row row) {
    SpaceKeys space = current(key.space());
    int version = SpaceKeys.versionOf(row.value());
    if (version >= 0 && !space.values().containsKey(version)) {
      throw new NoKeysException(key.space(), version);
    }
    return decrypted(space, key, row);
  }

  private Row decrypted(SpaceKeys space, RowKey key, Row row) {
    Bytes value =
        having(space, row.value())
            .flatMap(keysOfRow -> keysOfRow.decryptRow(row.key(), row.value()))
            .orElseThrow(() -> undecipherable("row"));
    return new Row(key, value, row.version());
  }

  private LogRecord decrypted(SpaceKeys space, LogRecord record) {
    Bytes value =
        having(space, record.value())
            .flatMap(keysOfRecord -> keysOfRecord.decryptRecord(record.value()))
            .orElseThrow(() -> undecipherable("log record"));
    return new LogRecord(
        record.position(),
        record.decision(),
        record.stamp(),
        record.version(),
        record.isReplicated(),
        value);
  }

  /** Returns keys with the version that encrypted a value, which another server may have made. */
  private Optional<SpaceKeys> having(SpaceKeys space, Bytes encrypted) {
    int version = SpaceKeys.versionOf(encrypted);
    return space.values().containsKey(version)
        ? Optional.of(space)
        : keys.withVersion(space.space(), version);
  }

  private static CorruptDataException undecipherable(String what) {
    return new CorruptDataException("a " + what + " cannot be decrypted");
  }

  private static Range below(SpaceKeys space, Range range) {
    return switch (range) {
      case Range.OfPartition of ->
          new Range.OfPartition(
              of.space(),
              space.partitions().encrypt(of.partition()),
              of.from(),
              of.to(),
              of.direction());
      case Range.OfSlice of ->
          new Range.OfSlice(of.space(), of.slice(), of.after().map(space::place), of.direction());
    };
  }

  private static RowKey key(Range range, SpaceKeys space, Row row) {
    Bytes partition =
        switch (range) {
          case Range.OfPartition of -> of.partition();
          case Range.OfSlice _ -> space.partitions().decrypt(row.key().partition());
        };
    return new RowKey(range.space(), partition, row.key().sort());
  }

  /** Thrown by a decision that needs keys which are not in memory. */
  private static final class NoKeysException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Space space;
    private final int version;

    /**
     * Makes one.
     *
     * @param version of the data key; -1 for the current one
     */
    NoKeysException(Space space, int version) {
      super("no keys in memory", null, false, false);
      this.space = space;
      this.version = version;
    }

    Space space() {
      return space;
    }

    int version() {
      return version;
    }
  }
}
