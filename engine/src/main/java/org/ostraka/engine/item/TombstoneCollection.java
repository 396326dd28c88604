package org.ostraka.engine.item;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/**
 * Removes tombstones that are so old that no change from another region can be older. Any thread.
 */
public final class TombstoneCollection {
  /** How long a tombstone is kept by default. */
  public static final Duration KEPT = Duration.ofDays(30);

  /** The time between two collections. Each of them reads all tombstones. */
  private static final Duration BETWEEN = Duration.ofHours(1);

  /** The greatest number of tombstones that are read in one turn and removed by one decision. */
  private static final int MAX_ROWS_OF_A_TURN = 1_000;

  private final Store store;
  private final Catalogue catalogue;
  private final Clock clock;
  private final Duration kept;
  private final int rowsOfATurn;
  private final ReentrantLock collecting = new ReentrantLock();
  private Instant next = Instant.MIN;

  /**
   * Makes a collection.
   *
   * @param kept how long tombstones are kept: longer than any region can be out of touch
   */
  public TombstoneCollection(Store store, Catalogue catalogue, Clock clock, Duration kept) {
    this.store = store;
    this.catalogue = catalogue;
    this.clock = clock;
    this.kept = kept;
    this.rowsOfATurn =
        Math.min(
            MAX_ROWS_OF_A_TURN, Math.min(store.limits().declaredKeys(), store.limits().writes()));
  }

  /** Removes old tombstones, if a collection is due. */
  public void maintain() {
    if (!collecting.tryLock()) {
      return;
    }
    try {
      Instant now = clock.instant();
      if (!now.isBefore(next)) {
        List<StorageFailedException> failures = new ArrayList<>();
        catalogue.maintainEach(() -> new Turns(now.minus(kept), failures));
        next = now.plus(BETWEEN);
        if (!failures.isEmpty()) {
          throw failures.getFirst();
        }
      }
    } finally {
      collecting.unlock();
    }
  }

  /** The turns in which the tombstones of one table are read. One thread. */
  private final class Turns implements Predicate<TableUse> {
    private final Instant limit;
    private final List<StorageFailedException> failures;
    private Optional<RowKey> after = Optional.empty();

    private Turns(Instant limit, List<StorageFailedException> failures) {
      this.limit = limit;
      this.failures = failures;
    }

    @Override
    public boolean test(TableUse table) {
      Optional<Space> tombstones = table.tombstones();
      if (tombstones.isEmpty()) {
        return false;
      }
      List<Row> old = new ArrayList<>();
      int read = 0;
      Range rest = Range.OfSlice.after(tombstones.get(), after);
      Wanted wanted = new Wanted(rowsOfATurn, Long.MAX_VALUE);
      try (Cursor cursor = store.scan(rest, Consistency.STRONG, wanted)) {
        Optional<Row> row = cursor.next();
        while (row.isPresent()) {
          row.filter(each -> each.version().stamp().moment().isBefore(limit)).ifPresent(old::add);
          after = row.map(Row::key);
          read++;
          row = read < rowsOfATurn ? cursor.next() : Optional.empty();
        }
        remove(table, old);
        return read == rowsOfATurn;
      } catch (GuardMismatchException _) {
        // The table has changed; the next collection reads it as it is then.
        return false;
      } catch (StorageFailedException failure) {
        // The key of this table may be out of reach; the others are collected.
        failures.add(failure);
        return false;
      }
    }
  }

  /** Removes tombstones, except those that were written again in the meantime. */
  private void remove(TableUse table, List<Row> old) {
    if (old.isEmpty()) {
      return;
    }
    store.transact(
        old.stream().map(Row::key).toList(),
        table.guards(),
        rows -> {
          List<Write> deletes = new ArrayList<>();
          for (Row row : old) {
            rows.row(row.key())
                .filter(now -> now.version().equals(row.version()))
                .ifPresent(_ -> deletes.add(new Write.Delete(row.key())));
          }
          return new Verdict<>(deletes.size(), deletes);
        });
  }
}
