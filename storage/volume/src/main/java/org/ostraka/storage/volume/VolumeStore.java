package org.ostraka.storage.volume;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.AbandonedDecisionException;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Decision;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Guard;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.LogTrimmedException;
import org.ostraka.storage.Measure;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;
import org.ostraka.storage.StoreLimits;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Version;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/**
 * The store on one machine's volume. Any thread.
 *
 * <p>A decision runs under the locks of its keys and sees, through an overlay, what earlier
 * decisions chose and the disk does not have yet. Its locks are released as soon as its writes are
 * queued: a hot key does not pay one sync a write. The caller is answered when the writes, and
 * everything they were decided upon, are durable. Readers see the volume only, or what the cache
 * has of it, which shows nothing that is not durable.
 */
public final class VolumeStore implements Store {
  /**
   * Keys of one decision: 100 items of a transaction with up to 26 rows each, and room for
   * bookkeeping. Writes have no limit but memory.
   */
  private static final StoreLimits LIMITS =
      new StoreLimits(
          4_096,
          Integer.MAX_VALUE,
          StoredKey.MAX_PART_BYTES,
          StoredKey.MAX_PART_BYTES,
          Integer.MAX_VALUE >>> 1);

  private final Volume volume;
  private final RowCache cache;
  private final Committer committer;
  private final KeyLocks locks = new KeyLocks();
  private final Gate gate = new Gate();

  /** A store that keeps no rows in memory; see the other constructor. */
  public VolumeStore(Volume volume, HybridClock clock, ThreadFactory threads, FailStop failStop) {
    this(volume, clock, threads, failStop, 0);
  }

  /** A store that does not measure how long it writes; see the other constructor. */
  public VolumeStore(
      Volume volume, HybridClock clock, ThreadFactory threads, FailStop failStop, long cacheBytes) {
    this(volume, clock, threads, failStop, cacheBytes, () -> 0);
  }

  /**
   * Makes a store.
   *
   * @param clock gives stamps to this store and to no other; it goes on after the last stamp that
   *     the volume has
   * @param threads makes the committer's thread, a platform thread
   * @param failStop told when the disk cannot be trusted any more
   * @param cacheBytes what rows that were lately read may take in memory, at most; 0 for none
   * @param nanoTime the time in nanoseconds, which never goes back, to measure how long it writes
   */
  public VolumeStore(
      Volume volume,
      HybridClock clock,
      ThreadFactory threads,
      FailStop failStop,
      long cacheBytes,
      LongSupplier nanoTime) {
    this.volume = volume;
    this.cache = new RowCache(cacheBytes);
    byte[] stored = volume.get(StoredKey.ofClock());
    Stamp last = stored == null ? Stamp.ZERO : StoredValue.clock(StoredKey.ofClock(), stored);
    clock.startAfter(last);
    this.committer =
        new Committer(
            new GroupWriter(volume, cache),
            clock,
            last,
            threads,
            failStop,
            new CommitCounts(nanoTime));
  }

  @Override
  public StoreLimits limits() {
    return LIMITS;
  }

  @Override
  public List<Measure> measures() {
    List<Measure> measures = new ArrayList<>(committer.measures());
    measures.add(
        Measure.gauge(
            "row_cache_bytes", "What rows take that were lately read.", cache.sizeBytes()));
    try (Gate.Pass _ = gate.enter()) {
      measures.addAll(volume.measures());
    }
    return measures;
  }

  @Override
  public ScanOrder scanOrder() {
    return HashOrder.ORDER;
  }

  @Override
  public Optional<Row> read(RowKey key, Consistency consistency) {
    try (Gate.Pass _ = gate.enter()) {
      return Optional.ofNullable(stored(Bytes.wrap(StoredKey.of(key)))).map(row -> row.at(key));
    }
  }

  @Override
  public List<Optional<Row>> read(List<RowKey> keys, Consistency consistency) {
    if (keys.size() > LIMITS.declaredKeys()) {
      throw new IllegalArgumentException(
          "a reading has at most " + LIMITS.declaredKeys() + " keys");
    }
    List<Bytes> storedKeys = keys.stream().map(key -> Bytes.wrap(StoredKey.of(key))).toList();
    Map<Bytes, VersionedValue> found = new HashMap<>();
    try (Gate.Pass _ = gate.enter()) {
      List<Bytes> missing = new ArrayList<>();
      for (Bytes key : storedKeys) {
        VersionedValue row = cache.find(key);
        if (row == null) {
          missing.add(key);
        } else {
          found.put(key, row);
        }
      }
      readMissing(missing, found);
    }
    List<Optional<Row>> rows = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      RowKey key = keys.get(i);
      rows.add(Optional.ofNullable(found.get(storedKeys.get(i))).map(row -> row.at(key)));
    }
    return rows;
  }

  private void readMissing(List<Bytes> keys, Map<Bytes, VersionedValue> found) {
    List<RowCache.@Nullable Reading> readings = new ArrayList<>();
    keys.forEach(key -> readings.add(cache.begin(key)));
    List<byte @Nullable []> values = volume.getAll(keys.stream().map(Bytes::array).toList());
    for (int i = 0; i < keys.size(); i++) {
      Bytes key = keys.get(i);
      VersionedValue row = row(key.array(), values.get(i));
      cache.end(readings.get(i), key, row);
      if (row != null) {
        found.put(key, row);
      }
    }
  }

  @Override
  public Cursor scan(Range range, Consistency consistency, Wanted wanted) {
    StoredKey.Span span = StoredKey.span(range);
    try (Gate.Pass _ = gate.enter()) {
      return new RowCursor(volume.scan(span.from(), span.to(), range.direction(), wanted), gate);
    }
  }

  @Override
  public <T> T transact(Collection<RowKey> keys, Collection<Guard> guards, Decision<T> decision) {
    if (keys.isEmpty() || keys.size() > LIMITS.declaredKeys()) {
      throw new IllegalArgumentException(
          "a decision declares 1 to " + LIMITS.declaredKeys() + " keys");
    }
    try (Gate.Pass _ = gate.enter()) {
      DeclaredRows rows = new DeclaredRows(keys);
      List<Committer.StoredGuard> stored = new ArrayList<>(guards.size());
      guards.forEach(guard -> stored.add(stored(guard)));
      Decided<T> decided;
      try (KeyLocks.Held _ = locks.lock(rows.storedKeys())) {
        decided = decide(rows, stored, decision);
      }
      return decided.answer();
    }
  }

  private Committer.StoredGuard stored(Guard guard) {
    return new Committer.StoredGuard(guard, Bytes.wrap(StoredKey.of(guard.key())), this::stored);
  }

  @Override
  public LogPage readLog(LogId log, Position after, int maxRecords, long maxBytes) {
    if (maxRecords < 1 || maxRecords > MAX_LOG_PAGE || maxBytes < 1) {
      throw new IllegalArgumentException(
          "a page of a log has 1 to " + MAX_LOG_PAGE + " records, and one byte at least");
    }
    if (after.value() == Long.MAX_VALUE) {
      return new LogPage(List.of(), after);
    }
    List<LogRecord> records = new ArrayList<>();
    byte[] from = StoredKey.of(log, after.value() + 1);
    byte[] to = StoredKey.recordsOf(log.space()).to();
    try (Gate.Pass _ = gate.enter()) {
      try (VolumeCursor cursor =
          volume.scan(from, to, Direction.FORWARD, new Wanted(maxRecords, maxBytes))) {
        collect(cursor, maxRecords, maxBytes, records);
      }
      // Asked after the cursor has shown what there is: a trimming in between is noticed, too.
      Position oldest = new Position(Logs.trimmed(volume, log).trimmed());
      if (after.compareTo(oldest) < 0) {
        throw new LogTrimmedException(log, after, oldest);
      }
    }
    return new LogPage(records, records.isEmpty() ? after : records.getLast().position());
  }

  private static void collect(
      VolumeCursor cursor, int maxRecords, long maxBytes, List<LogRecord> records) {
    long bytes = 0;
    while (records.size() < maxRecords) {
      Optional<VolumeCursor.Entry> entry = cursor.next();
      if (entry.isEmpty()) {
        return;
      }
      LogRecord record = StoredValue.record(entry.get().key(), entry.get().value());
      bytes += record.value().sizeBytes();
      if (bytes > maxBytes && !records.isEmpty()) {
        return;
      }
      records.add(record);
    }
  }

  @Override
  public Position oldest(LogId log) {
    try (Gate.Pass _ = gate.enter()) {
      return new Position(Logs.trimmed(volume, log).trimmed());
    }
  }

  @Override
  public Position newest(LogId log) {
    try (Gate.Pass _ = gate.enter()) {
      return new Position(Logs.stored(volume, log).newest());
    }
  }

  @Override
  public void trim(LogId log, Position upTo) {
    submit(Submission.trimming(log, upTo));
  }

  @Override
  public void drop(Space space) {
    submit(Submission.dropping(space));
  }

  private void submit(Submission submission) {
    try (Gate.Pass _ = gate.enter()) {
      committer.submit(submission, List.of(), List.of());
      submission.ticket().await();
    }
  }

  @Override
  public Stamp floor() {
    try (Gate.Pass _ = gate.enter()) {
      return committer.floor();
    }
  }

  @Override
  public SortedSet<Space> spaces() {
    try (Gate.Pass _ = gate.enter()) {
      return VolumeCheck.spaces(volume);
    }
  }

  @Override
  public void check(Consumer<String> problems) {
    try (Gate.Pass _ = gate.enter()) {
      new VolumeCheck(problems).run(volume);
    }
  }

  @Override
  public void close() {
    if (gate.close()) {
      gate.awaitEmpty();
      committer.close();
      volume.close();
    }
  }

  private @Nullable VersionedValue stored(Bytes key) {
    VersionedValue cached = cache.find(key);
    if (cached != null) {
      return cached;
    }
    RowCache.Reading reading = cache.begin(key);
    VersionedValue row = row(key.array(), volume.get(key.array()));
    cache.end(reading, key, row);
    return row;
  }

  private static @Nullable VersionedValue row(byte[] key, byte @Nullable [] stored) {
    return stored == null ? null : StoredValue.row(key, stored);
  }

  private <T> Decided<T> decide(
      DeclaredRows rows, List<Committer.StoredGuard> guards, Decision<T> decision) {
    Verdict<T> verdict;
    try {
      verdict = decision.decide(rows);
    } catch (AbandonedDecisionException abandoned) {
      throw abandoned;
    } catch (RuntimeException | Error refusal) {
      return new Decided<>(null, refusal, verified(rows, guards));
    }
    if (verdict.writes().isEmpty()) {
      return new Decided<>(verdict.result(), null, verified(rows, guards));
    }
    Submission submission = new Submission(verdict.origin());
    verdict.writes().forEach(write -> rows.add(write, null, submission));
    committer.submit(submission, rows.basis(), guards);
    return new Decided<>(verdict.result(), null, List.of(submission.ticket()));
  }

  /** Returns what has to be durable before a decision is answered that writes nothing. */
  private Collection<Ticket> verified(DeclaredRows rows, List<Committer.StoredGuard> guards) {
    guards.forEach(guard -> committer.verify(guard).ifPresent(rows.basis()::add));
    return rows.basis();
  }

  /** A result or a refusal, which may be told once all tickets are durable. */
  private record Decided<T>(
      @Nullable T result, @Nullable Throwable refusal, Collection<Ticket> tickets) {

    // NullAway: a verdict's result is as nullable as its T, and only the refusal tells the two
    // apart.
    @SuppressWarnings("NullAway")
    T answer() {
      tickets.forEach(Ticket::await);
      switch (refusal) {
        case null -> {}
        case RuntimeException refused -> throw refused;
        case Error broken -> throw broken;
        default -> throw new IllegalStateException("a decision threw what it cannot throw");
      }
      return result;
    }
  }

  /**
   * The declared rows, as the overlay or else the volume has them; remembers what it took from the
   * overlay.
   */
  private final class DeclaredRows implements CurrentRows {
    private final Map<RowKey, Bytes> storedKeys = new HashMap<>();
    private final Set<Ticket> basis = new LinkedHashSet<>();

    DeclaredRows(Collection<RowKey> keys) {
      keys.forEach(key -> storedKeys.put(key, Bytes.wrap(StoredKey.of(key))));
    }

    Collection<Bytes> storedKeys() {
      return storedKeys.values();
    }

    Collection<Ticket> basis() {
      return basis;
    }

    @Override
    public Optional<Row> row(RowKey key) {
      return Optional.ofNullable(current(declared(key))).map(row -> row.at(key));
    }

    private @Nullable VersionedValue current(Bytes storedKey) {
      PendingRow pending = committer.pending(storedKey);
      if (pending == null) {
        return stored(storedKey);
      }
      basis.add(pending.ticket());
      return pending.row();
    }

    /** Adds a write, which keeps the given version if there is one. */
    void add(Write write, @Nullable Version replicated, Submission submission) {
      switch (write) {
        case Write.Put(RowKey key, Bytes value) -> row(key, value, replicated, submission);
        case Write.Delete(RowKey key) -> row(key, null, replicated, submission);
        case Write.Derive(RowKey owner, RowKey key, Optional<Bytes> value) -> {
          var _ = declared(owner);
          submission.row(StoredKey.of(key), value.orElse(null), replicated);
        }
        case Write.Append(LogId log, Bytes record) -> submission.append(log, record, replicated);
        case Write.Replicated(Version version, Write change) -> add(change, version, submission);
      }
    }

    private void row(
        RowKey key, @Nullable Bytes value, @Nullable Version replicated, Submission submission) {
      Bytes storedKey = declared(key);
      if (replicated != null) {
        requireWins(storedKey, replicated);
      }
      submission.row(storedKey.array(), value, replicated);
    }

    private void requireWins(Bytes storedKey, Version replicated) {
      VersionedValue current = current(storedKey);
      if (current != null && current.version().compareTo(replicated) >= 0) {
        throw new IllegalArgumentException(
            "a replicated write must win over the row that it meets");
      }
    }

    private Bytes declared(RowKey key) {
      Bytes storedKey = storedKeys.get(key);
      if (storedKey == null) {
        throw new IllegalArgumentException("a decision uses a key that it did not declare");
      }
      return storedKey;
    }
  }
}
