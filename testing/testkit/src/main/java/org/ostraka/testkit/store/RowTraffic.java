package org.ostraka.testkit.store;

import static org.ostraka.testkit.store.StoreClient.key;
import static org.ostraka.testkit.store.StoreClient.number;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.testkit.history.History;
import org.ostraka.testkit.history.RowOperation;

/** Random operations on a few rows, recorded. Any thread, each with randomness of its own. */
final class RowTraffic {
  private final History<RowOperation> history = new History<>();
  private final AtomicLong values = new AtomicLong(RowOperation.ABSENT);
  private final List<String> rows;

  RowTraffic(List<String> rows) {
    this.rows = List.copyOf(rows);
  }

  History<RowOperation> history() {
    return history;
  }

  /** Does an operation on one of the rows; returns false when the store does not serve any more. */
  boolean once(Store store, RandomGenerator random) {
    String row = rows.get(random.nextInt(rows.size()));
    return switch (random.nextInt(10)) {
      case 0, 1 -> read(store, row);
      case 2, 3 -> decideNothing(store, row);
      case 4, 5 -> write(store, row);
      case 6 -> delete(store, row);
      default -> compareAndSet(store, row);
    };
  }

  /** Reads each row once. */
  void readAll(Store store) {
    rows.forEach(row -> read(store, row));
  }

  private boolean read(Store store, String row) {
    long begin = history.begin();
    try {
      long seen = value(store.read(key(row, ""), Consistency.STRONG));
      history.answered(begin, new RowOperation.Read(row, seen));
      return true;
    } catch (StorageFailedException | OutcomeUnknownException _) {
      return false;
    }
  }

  private boolean decideNothing(Store store, String row) {
    long begin = history.begin();
    try {
      RowKey key = key(row, "");
      long seen =
          store.transact(List.of(key), current -> Verdict.unchanged(value(current.row(key))));
      history.answered(begin, new RowOperation.Read(row, seen));
      return true;
    } catch (StorageFailedException | OutcomeUnknownException _) {
      return false;
    }
  }

  private boolean write(Store store, String row) {
    long value = values.incrementAndGet();
    Write put = new Write.Put(key(row, ""), number(value));
    return change(store, put, new RowOperation.Write(row, value));
  }

  private boolean delete(Store store, String row) {
    return change(store, new Write.Delete(key(row, "")), new RowOperation.Delete(row));
  }

  private boolean change(Store store, Write write, RowOperation operation) {
    long begin = history.begin();
    try {
      new StoreClient(store).write(write);
      history.answered(begin, operation);
      return true;
    } catch (StorageFailedException _) {
      return false;
    } catch (OutcomeUnknownException _) {
      history.unknown(begin, operation);
      return false;
    }
  }

  /** Expects the value that a read has just shown, which has often changed under load. */
  private boolean compareAndSet(Store store, String row) {
    RowKey key = key(row, "");
    long value = values.incrementAndGet();
    long expected = 0;
    long begin = 0;
    try {
      expected = value(store.read(key, Consistency.STRONG));
      begin = history.begin();
      long seen = compareAndSet(store, key, expected, value);
      history.answered(begin, new RowOperation.CompareAndSet(row, expected, value, seen));
      return true;
    } catch (StorageFailedException _) {
      return false;
    } catch (OutcomeUnknownException _) {
      history.unknown(begin, new RowOperation.CompareAndSet(row, expected, value, expected));
      return false;
    }
  }

  private static long compareAndSet(Store store, RowKey key, long expected, long value) {
    try {
      return store.transact(
          List.of(key),
          current -> {
            long seen = value(current.row(key));
            if (seen != expected) {
              throw new Mismatch(seen);
            }
            return new Verdict<>(seen, List.of(new Write.Put(key, number(value))));
          });
    } catch (Mismatch mismatch) {
      return mismatch.seen;
    }
  }

  private static long value(Optional<Row> row) {
    return row.map(Row::value).map(StoreClient::number).orElse(RowOperation.ABSENT);
  }

  /** Refuses a compare-and-set, and carries the value that was there instead. */
  private static final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final long seen;

    Mismatch(long seen) {
      super("the row has another value", null, false, false);
      this.seen = seen;
    }
  }
}
