package org.ostraka.engine.expiry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.catalogue.TimeToLive;
import org.ostraka.engine.expiry.entry.ExpiryRow;
import org.ostraka.engine.expiry.entry.ExpiryTime;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.item.Conflicts;
import org.ostraka.engine.item.ItemChange;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.item.ItemWrites;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Wanted;

/**
 * Deletes the items that have expired. One thread sweeps; any thread stops it.
 *
 * <p>A sweep reads what has expired from the index of expiry times, and nothing else. It deletes in
 * steps, in each of them items of one table by one decision, which verifies that the items still
 * expire at the time that was read. Tables take turns. It costs no capacity.
 */
public final class Sweeper {
  /**
   * The maximum number of items of one step, small enough that a write does not wait long for it.
   */
  private static final int STEP_ITEMS = 256;

  /** The bytes of items after which a step takes no more of them. */
  private static final long STEP_BYTES = 1 << 20;

  /** How many times as long as a sweep that deleted nothing the rest after it is. */
  private static final int REST = 20;

  /** The number of items that are read at once. */
  private static final int READ_AHEAD_ITEMS = 16;

  private final Store store;
  private final Catalogue catalogue;
  private final Clock clock;
  private final int stepItems;
  private final LongAdder deleted = new LongAdder();
  private volatile boolean stopped;

  /** When the last sweep of {@link #maintain} ended; the clock may have been set back since. */
  private Instant ended = Instant.MIN;

  private Instant restUntil = Instant.MIN;

  public Sweeper(Store store, Catalogue catalogue, Clock clock) {
    this(store, catalogue, clock, STEP_ITEMS);
  }

  /**
   * Makes a sweeper.
   *
   * @param stepItems the maximum number of items of one step
   */
  public Sweeper(Store store, Catalogue catalogue, Clock clock, int stepItems) {
    this.store = store;
    this.catalogue = catalogue;
    this.clock = clock;
    this.stepItems = stepItems;
  }

  /**
   * Sweeps, unless the last sweep deleted nothing and was a short time ago. To be called at regular
   * intervals.
   *
   * <p>A sweep that finds nothing reads once in each bucket of each table, and past the rows that
   * were deleted before and are still on the disk. The rest keeps that work small.
   */
  public void maintain(IndexBuilder.Pace pace) {
    Instant begin = clock.instant();
    boolean rests = begin.isBefore(restUntil) && !begin.isBefore(ended);
    if (rests) {
      return;
    }
    long before = deleted();
    sweep(pace);
    ended = clock.instant();
    restUntil =
        deleted() == before ? ended.plus(Duration.between(begin, ended).multipliedBy(REST)) : ended;
  }

  /**
   * Deletes what has expired when the sweep begins, if sweeping is this server's duty. The failure
   * of a table does not stop the others; the first failure is thrown at the end.
   */
  public void sweep(IndexBuilder.Pace pace) {
    ExpiryTime.Expired times = ExpiryTime.Expired.at(clock.instant());
    Deque<TableSweep> waiting = new ArrayDeque<>();
    for (TableArn table : catalogue.tablesToSweep()) {
      waiting.add(new TableSweep(table, times));
    }
    List<RuntimeException> failures = new ArrayList<>();
    while (!stopped && !waiting.isEmpty()) {
      TableSweep next = waiting.poll();
      if (pace.take(() -> hasMore(next, failures))) {
        waiting.add(next);
      }
    }
    failures.stream()
        .findFirst()
        .ifPresent(first -> {
          throw first;
        });
  }

  /** Stops the sweeper after the step in progress. Any thread. */
  public void stop() {
    stopped = true;
  }

  /** Returns the number of items that were deleted. Any thread. */
  public long deleted() {
    return deleted.sum();
  }

  private boolean hasMore(TableSweep sweep, List<RuntimeException> failures) {
    try {
      return catalogue.turn(Principal.Service.EXPIRY, sweep.table, sweep);
    } catch (GuardMismatchException _) {
      // The table has changed; the next sweep finds it as it is then.
      return false;
    } catch (RuntimeException failure) {
      failures.add(failure);
      return false;
    }
  }

  /** The sweep of one table, bucket by bucket. One thread. */
  private final class TableSweep implements Predicate<TableUse> {
    private final TableArn table;
    private final ExpiryTime.Expired times;
    private int bucket;
    private Optional<RowKey> after = Optional.empty();

    private TableSweep(TableArn table, ExpiryTime.Expired times) {
      this.table = table;
      this.times = times;
    }

    /** Deletes the items of one step; returns whether there may be more. */
    @Override
    public boolean test(TableUse use) {
      Optional<TimeToLive> timeToLive =
          use.timeToLive().filter(setting -> setting.isInEffect(clock.instant()));
      while (timeToLive.isPresent() && bucket < ExpiryRow.BUCKETS) {
        List<Row> expired = read(timeToLive.get().index().orElseThrow().space());
        if (!expired.isEmpty()) {
          int done = delete(use, timeToLive.get().attributeName(), expired);
          after = Optional.of(expired.get(done - 1).key());
          return true;
        }
        bucket++;
        after = Optional.empty();
      }
      return false;
    }

    /** Returns the next rows of the present bucket; empty when it has no more. */
    private List<Row> read(Space index) {
      List<Row> rows = new ArrayList<>();
      try (Cursor cursor =
          store.scan(
              ExpiryRow.expired(index, bucket, times, after),
              Consistency.STRONG,
              new Wanted(stepItems, STEP_BYTES))) {
        Optional<Row> row = cursor.next();
        while (row.isPresent()) {
          rows.add(row.get());
          row = rows.size() < stepItems ? cursor.next() : Optional.empty();
        }
      }
      return rows;
    }
  }

  /**
   * Deletes as many items as fit in a step, from the first on.
   *
   * @return the number of items that were taken, at least 1
   */
  private int delete(TableUse use, String attributeName, List<Row> expired) {
    List<ItemWrite> writes =
        expired.stream()
            .map(row ->
                ItemWrite.expire(
                    use, ExpiryRow.keyItem(row), attributeName, ExpiryRow.seconds(row.key())))
            .toList();
    List<ItemWrite> fitting = writes.subList(0, fitting(writes));
    ItemWrites.applyEach(
        store, Conflicts.NONE, fitting, Allowance.unlimited(), outcomes -> count(use, outcomes));
    return fitting.size();
  }

  /**
   * Reads items ahead, so that no lock is held while the disk is read, until they have the bytes of
   * a step.
   *
   * @return the number of items that were read, at least 1
   */
  private int fitting(List<ItemWrite> writes) {
    int read = 0;
    long bytes = 0;
    while (read < writes.size() && bytes < STEP_BYTES) {
      int next = Math.min(writes.size(), read + READ_AHEAD_ITEMS);
      List<RowKey> keys = writes.subList(read, next).stream().map(ItemWrite::key).toList();
      for (Optional<Row> row : store.read(keys, Consistency.STRONG)) {
        bytes += row.map(found -> found.value().sizeBytes()).orElse(0);
      }
      read = next;
    }
    return read;
  }

  private void count(TableUse use, List<ItemWrites.Outcome> outcomes) {
    for (ItemWrites.Outcome outcome : outcomes) {
      if (outcome instanceof ItemWrites.Outcome.Done(ItemChange change) && change.deletes()) {
        deleted.increment();
        use.metrics().addExpired(1);
      }
    }
  }
}
