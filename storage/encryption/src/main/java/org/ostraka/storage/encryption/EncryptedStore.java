package org.ostraka.storage.encryption;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.ostraka.model.Bytes;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKey;
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

  private EncryptedStore(Store store, KeyRing keys) {
    this.store = store;
    this.keys = keys;
  }

  /** Returns whether data was encrypted, and needs to be opened by {@link #open}. */
  public static boolean isEncrypted(Store store) {
    return store.read(MARKER, Consistency.STRONG).isPresent();
  }

  /**
   * Opens encrypted data, or begins to encrypt an empty store. It closes the store that it is over.
   *
   * @throws org.ostraka.secret.MasterKeyException when this is not the master key of the data, or
   *     cannot be reached
   * @throws StorageFailedException when the store has data that is not encrypted
   */
  public static EncryptedStore open(Store store, MasterKey master, InstantSource clock) {
    if (!isEncrypted(store)) {
      begin(store, master, clock);
    }
    Row marker = store.read(MARKER, Consistency.STRONG).orElseThrow();
    // Unwrapped to see that this is the master key of the data.
    var _ = StoredKeyRow.of(marker).key(master);
    return new EncryptedStore(store, new KeyRing(store, master, clock));
  }

  private static void begin(Store store, MasterKey master, InstantSource clock) {
    if (!store.spaces().isEmpty()) {
      throw new StorageFailedException(
          "the data is not encrypted: only an empty directory can become encrypted");
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
        space -> store.read(space.place(key), consistency).map(row -> decrypted(key, row)));
  }

  @Override
  public List<Optional<Row>> read(List<RowKey> wanted, Consistency consistency) {
    Map<RowKey, RowKey> places = new HashMap<>();
    wanted.forEach(
        key -> keys.find(key.space()).ifPresent(space -> places.put(key, space.place(key))));
    List<RowKey> present = wanted.stream().filter(places::containsKey).toList();
    List<Optional<Row>> rows =
        present.isEmpty()
            ? List.of()
            : store.read(present.stream().map(places::get).toList(), consistency);
    var next = rows.iterator();
    return wanted.stream()
        .map(key ->
            places.containsKey(key)
                ? next.next().map(row -> decrypted(key, row))
                : Optional.<Row>empty())
        .toList();
  }

  @Override
  public Cursor scan(Range range, Consistency consistency, Wanted wanted) {
    Optional<SpaceKeys> space = keys.find(range.space());
    if (space.isEmpty()) {
      return new NoRows();
    }
    return new EncryptedCursor(
        store.scan(below(space.get(), range), consistency, wanted),
        row -> decrypted(key(range, space.get(), row), row));
  }

  @Override
  public <T> T transact(
      Collection<RowKey> declared, Collection<Guard> guards, Decision<T> decision) {
    Map<RowKey, RowKey> places = new HashMap<>();
    declared.forEach(key -> places.put(key, keys.require(key.space()).place(key)));
    Map<RowKey, RowKey> guarded = new HashMap<>();
    List<Guard> below =
        guards.stream()
            .map(guard -> {
              RowKey place = keys.require(guard.key().space()).place(guard.key());
              guarded.put(place, guard.key());
              return new Guard(place, guard.version());
            })
            .toList();
    List<RowKey> declaredBelow = declared.stream().map(key -> place(places, key)).toList();
    while (true) {
      try {
        return store.transact(declaredBelow, below, rows -> decided(decision, places, rows));
      } catch (GuardMismatchException mismatch) {
        throw new GuardMismatchException(guarded.getOrDefault(mismatch.key(), mismatch.key()));
      } catch (NoKeysException missing) {
        // A space that the decision alone names: the decision runs again when it has keys.
        keys.require(missing.space());
      }
    }
  }

  @Override
  public LogPage readLog(LogId log, Position after, int maxRecords, long maxBytes) {
    LogPage page = store.readLog(log, after, maxRecords, bytesBelow(maxRecords, maxBytes));
    if (page.records().isEmpty()) {
      return page;
    }
    SpaceKeys space = keys.find(log.space()).orElseThrow(() -> undecipherable("log record"));
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
  }

  @Override
  public void close() {
    store.close();
  }

  private <T> Verdict<T> decided(
      Decision<T> decision, Map<RowKey, RowKey> places, CurrentRows rows) {
    Verdict<T> verdict =
        decision.decide(key -> rows.row(place(places, key)).map(row -> decrypted(key, row)));
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
    return keys.inMemory(space).orElseThrow(() -> new NoKeysException(space));
  }

  private Row decrypted(RowKey key, Row row) {
    SpaceKeys space = keys.find(key.space()).orElseThrow(() -> undecipherable("row"));
    Bytes value =
        space
            .decryptRow(row.key(), row.value())
            .or(() -> keys.load(key.space()).flatMap(s -> s.decryptRow(row.key(), row.value())))
            .orElseThrow(() -> undecipherable("row"));
    return new Row(key, value, row.version());
  }

  private LogRecord decrypted(SpaceKeys space, LogRecord record) {
    Bytes value =
        space
            .decryptRecord(record.value())
            .or(() -> keys.load(space.space()).flatMap(s -> s.decryptRecord(record.value())))
            .orElseThrow(() -> undecipherable("log record"));
    return new LogRecord(
        record.position(),
        record.decision(),
        record.stamp(),
        record.version(),
        record.isReplicated(),
        value);
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

  /** Thrown by a decision that writes to a space without keys in memory. */
  private static final class NoKeysException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Space space;

    NoKeysException(Space space) {
      super("no keys in memory", null, false, false);
      this.space = space;
    }

    Space space() {
      return space;
    }
  }
}
