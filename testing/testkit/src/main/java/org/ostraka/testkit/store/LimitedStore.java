package org.ostraka.testkit.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.ostraka.storage.Consistency;
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

/**
 * A store that takes less at once than the one below it, and refuses more as a mistake of its
 * caller. Any thread.
 */
public final class LimitedStore implements Store {
  private final Store below;
  private final StoreLimits limits;

  public LimitedStore(Store below, StoreLimits limits) {
    this.below = below;
    this.limits = limits;
  }

  @Override
  public StoreLimits limits() {
    return limits;
  }

  @Override
  public ScanOrder scanOrder() {
    return below.scanOrder();
  }

  @Override
  public Optional<Row> read(RowKey key, Consistency consistency) {
    return below.read(key, consistency);
  }

  @Override
  public List<Optional<Row>> read(List<RowKey> keys, Consistency consistency) {
    requireWithin("keys of a reading", keys.size(), limits.declaredKeys());
    return below.read(keys, consistency);
  }

  @Override
  public Cursor scan(Range range, Consistency consistency, Wanted wanted) {
    return below.scan(range, consistency, wanted);
  }

  @Override
  public <T> T transact(Collection<RowKey> keys, Collection<Guard> guards, Decision<T> decision) {
    requireWithin("declared keys", keys.size(), limits.declaredKeys());
    return below.transact(
        keys,
        guards,
        rows -> {
          Verdict<T> verdict = decision.decide(rows);
          requireWithin("writes", verdict.writes().size(), limits.writes());
          return verdict;
        });
  }

  private static void requireWithin(String what, int number, int limit) {
    if (number > limit) {
      throw new IllegalArgumentException(number + " " + what + ", at most " + limit);
    }
  }

  @Override
  public LogPage readLog(LogId log, Position after, int maxRecords, long maxBytes) {
    return below.readLog(log, after, maxRecords, maxBytes);
  }

  @Override
  public Position oldest(LogId log) {
    return below.oldest(log);
  }

  @Override
  public Position newest(LogId log) {
    return below.newest(log);
  }

  @Override
  public void trim(LogId log, Position upTo) {
    below.trim(log, upTo);
  }

  @Override
  public Stamp floor() {
    return below.floor();
  }

  @Override
  public void drop(Space space) {
    below.drop(space);
  }

  @Override
  public SortedSet<Space> spaces() {
    return below.spaces();
  }

  @Override
  public void check(Consumer<String> problems) {
    below.check(problems);
  }

  @Override
  public void close() {
    below.close();
  }
}
