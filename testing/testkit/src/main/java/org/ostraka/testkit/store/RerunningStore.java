package org.ostraka.testkit.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Decision;
import org.ostraka.storage.Guard;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogPage;
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
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/**
 * A store that runs every decision four times, as a store may that tries again: without any rows,
 * with rows as an earlier decision found them, and twice with the rows as they are. Only the last
 * run counts. The last two must come to the same writes or the same refusal, or the decision is not
 * pure, which is an {@link AssertionError}. Any thread.
 */
public final class RerunningStore implements Store {
  /** Rows that are remembered, at most. */
  private static final int MAX_REMEMBERED = 10_000;

  private final Store store;
  private final Map<RowKey, Optional<Row>> remembered = new ConcurrentHashMap<>();

  public RerunningStore(Store store) {
    this.store = store;
  }

  @Override
  public <T> T transact(Collection<RowKey> keys, Collection<Guard> guards, Decision<T> decision) {
    return store.transact(keys, guards, rows -> lastOf(keys, rows, decision));
  }

  private <T> Verdict<T> lastOf(Collection<RowKey> keys, CurrentRows rows, Decision<T> decision) {
    Outcome.of(decision, _ -> Optional.empty());
    Outcome.of(decision, key -> remembered.getOrDefault(key, Optional.empty()));
    // Each row is read once: a crash may take a row back that waits for the disk.
    Map<RowKey, Optional<Row>> read = new HashMap<>();
    keys.forEach(key -> read.put(key, rows.row(key)));
    CurrentRows same = key -> Objects.requireNonNullElseGet(read.get(key), () -> rows.row(key));
    Outcome<T> first = Outcome.of(decision, same);
    Outcome<T> last = Outcome.of(decision, same);
    if (!first.isLike(last)) {
      throw new AssertionError("a decision is not pure: " + first + ", then " + last);
    }
    if (remembered.size() > MAX_REMEMBERED) {
      remembered.clear();
    }
    read.forEach(remembered::putIfAbsent);
    return last.get();
  }

  /** What one run of a decision came to. */
  private record Outcome<T>(@Nullable Verdict<T> verdict, @Nullable RuntimeException refusal) {
    static <T> Outcome<T> of(Decision<T> decision, CurrentRows rows) {
      try {
        return new Outcome<>(decision.decide(rows), null);
      } catch (RuntimeException refusal) {
        return new Outcome<>(null, refusal);
      }
    }

    boolean isLike(Outcome<T> other) {
      return writes().equals(other.writes()) && Objects.equals(text(refusal), text(other.refusal));
    }

    private List<Write> writes() {
      return verdict == null ? List.of() : verdict.writes();
    }

    private static @Nullable String text(@Nullable RuntimeException refusal) {
      return refusal == null ? null : refusal.toString();
    }

    Verdict<T> get() {
      if (refusal != null) {
        throw refusal;
      }
      return Objects.requireNonNull(verdict);
    }
  }

  @Override
  public StoreLimits limits() {
    return store.limits();
  }

  @Override
  public ScanOrder scanOrder() {
    return store.scanOrder();
  }

  @Override
  public Optional<Row> read(RowKey key, Consistency consistency) {
    return store.read(key, consistency);
  }

  @Override
  public List<Optional<Row>> read(List<RowKey> keys, Consistency consistency) {
    return store.read(keys, consistency);
  }

  @Override
  public Cursor scan(Range range, Consistency consistency, Wanted wanted) {
    return store.scan(range, consistency, wanted);
  }

  @Override
  public LogPage readLog(LogId log, Position after, int maxRecords, long maxBytes) {
    return store.readLog(log, after, maxRecords, maxBytes);
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
  }

  @Override
  public SortedSet<Space> spaces() {
    return store.spaces();
  }

  @Override
  public void check(Consumer<String> problems) {
    store.check(problems);
  }

  @Override
  public void close() {
    store.close();
  }
}
