package org.ostraka.storage.volume;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Decision;
import org.ostraka.storage.Direction;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
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
  private final Volume volume;
  private final RowCache cache;
  private final Committer committer;
  private final KeyLocks locks = new KeyLocks();
  private final Gate gate = new Gate();

  /** A store that keeps no rows in memory; see the other constructor. */
  public VolumeStore(Volume volume, ThreadFactory threads, FailStop failStop) {
    this(volume, threads, failStop, 0);
  }

  /**
   * Makes a store.
   *
   * @param threads makes the committer's thread, a platform thread
   * @param failStop told when the disk cannot be trusted any more
   * @param cacheBytes what rows that were lately read may take in memory, at most; 0 for none
   */
  public VolumeStore(Volume volume, ThreadFactory threads, FailStop failStop, long cacheBytes) {
    this.volume = volume;
    this.cache = new RowCache(cacheBytes);
    this.committer = new Committer(volume, cache, threads, failStop);
  }

  @Override
  public Optional<Row> read(RowKey key, Consistency consistency) {
    try (Gate.Pass _ = gate.enter()) {
      return Optional.ofNullable(stored(Bytes.wrap(StoredKey.of(key))))
          .map(value -> new Row(key, value));
    }
  }

  @Override
  public List<Optional<Row>> readAll(List<RowKey> keys, Consistency consistency) {
    if (keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException("a reading has at most " + MAX_KEYS + " keys");
    }
    List<Bytes> storedKeys = keys.stream().map(key -> Bytes.wrap(StoredKey.of(key))).toList();
    Map<Bytes, Bytes> found = new HashMap<>();
    try (Gate.Pass _ = gate.enter()) {
      List<Bytes> missing = new ArrayList<>();
      for (Bytes key : storedKeys) {
        Bytes content = cache.find(key);
        if (content == null) {
          missing.add(key);
        } else {
          found.put(key, content);
        }
      }
      readAll(missing, found);
    }
    List<Optional<Row>> rows = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      RowKey key = keys.get(i);
      rows.add(Optional.ofNullable(found.get(storedKeys.get(i))).map(value -> new Row(key, value)));
    }
    return rows;
  }

  private void readAll(List<Bytes> keys, Map<Bytes, Bytes> found) {
    List<RowCache.@Nullable Reading> readings = new ArrayList<>();
    keys.forEach(key -> readings.add(cache.begin(key)));
    List<byte @Nullable []> values = volume.getAll(keys.stream().map(Bytes::array).toList());
    for (int i = 0; i < keys.size(); i++) {
      Bytes key = keys.get(i);
      Bytes content = content(key.array(), values.get(i));
      cache.end(readings.get(i), key, content);
      if (content != null) {
        found.put(key, content);
      }
    }
  }

  @Override
  public Cursor scan(Range range, Consistency consistency) {
    StoredKey.Span span = StoredKey.span(range);
    try (Gate.Pass _ = gate.enter()) {
      return new RowCursor(volume.scan(span.from(), span.to(), range.direction()), gate);
    }
  }

  @Override
  public <T> T transact(Collection<RowKey> keys, Decision<T> decision) {
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException("a decision declares 1 to " + MAX_KEYS + " keys");
    }
    try (Gate.Pass _ = gate.enter()) {
      DeclaredRows rows = new DeclaredRows(keys);
      Decided<T> decided;
      try (KeyLocks.Held _ = locks.lock(rows.storedKeys())) {
        decided = decide(rows, decision);
      }
      return decided.answer();
    }
  }

  @Override
  public LogPage readLog(LogId log, Position after, int limit) {
    if (limit < 1 || limit > MAX_LOG_PAGE) {
      throw new IllegalArgumentException("a page of a log has 1 to " + MAX_LOG_PAGE + " records");
    }
    List<LogRecord> records = new ArrayList<>();
    byte[] from = StoredKey.of(log, after.value() + 1);
    byte[] to = StoredKey.recordsOf(log.space()).to();
    try (Gate.Pass _ = gate.enter();
        VolumeCursor cursor = volume.scan(from, to, Direction.FORWARD)) {
      Optional<VolumeCursor.Entry> entry = cursor.next();
      while (entry.isPresent()) {
        records.add(record(entry.get()));
        entry = records.size() < limit ? cursor.next() : Optional.empty();
      }
    }
    return new LogPage(records, records.isEmpty() ? after : records.getLast().position());
  }

  @Override
  public void drop(Space space) {
    try (Gate.Pass _ = gate.enter()) {
      Submission submission = Submission.dropping(space);
      committer.submit(submission, List.of());
      submission.ticket().await();
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

  private @Nullable Bytes stored(Bytes key) {
    Bytes cached = cache.find(key);
    if (cached != null) {
      return cached;
    }
    RowCache.Reading reading = cache.begin(key);
    Bytes content = content(key.array(), volume.get(key.array()));
    cache.end(reading, key, content);
    return content;
  }

  private static @Nullable Bytes content(byte[] key, byte @Nullable [] stored) {
    return stored == null ? null : StoredValue.content(key, stored);
  }

  private static LogRecord record(VolumeCursor.Entry entry) {
    Position position = new Position(StoredKey.position(entry.key()));
    return new LogRecord(position, StoredValue.content(entry.key(), entry.value()));
  }

  private <T> Decided<T> decide(DeclaredRows rows, Decision<T> decision) {
    Verdict<T> verdict;
    try {
      verdict = decision.decide(rows);
    } catch (RuntimeException | Error refusal) {
      return new Decided<>(null, refusal, rows.basis());
    }
    if (verdict.writes().isEmpty()) {
      return new Decided<>(verdict.result(), null, rows.basis());
    }
    Submission submission = new Submission();
    verdict.writes().forEach(write -> rows.add(write, submission));
    committer.submit(submission, rows.basis());
    return new Decided<>(verdict.result(), null, List.of(submission.ticket()));
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
      Bytes storedKey = declared(key);
      PendingRow pending = committer.pending(storedKey);
      if (pending == null) {
        return Optional.ofNullable(stored(storedKey)).map(value -> new Row(key, value));
      }
      basis.add(pending.ticket());
      return Optional.ofNullable(pending.value()).map(value -> new Row(key, value));
    }

    void add(Write write, Submission submission) {
      switch (write) {
        case Write.Put(RowKey key, Bytes value) -> submission.row(declared(key).array(), value);
        case Write.Delete(RowKey key) -> submission.row(declared(key).array(), null);
        case Write.Derive(RowKey owner, RowKey key, Optional<Bytes> value) -> {
          declared(owner);
          submission.row(StoredKey.of(key), value.orElse(null));
        }
        case Write.Append append -> submission.append(append);
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
