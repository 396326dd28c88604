package org.ostraka.testkit.store;

import static org.ostraka.testkit.store.StoreClient.key;
import static org.ostraka.testkit.store.StoreClient.number;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.testkit.history.Decided;
import org.ostraka.testkit.history.History;

/**
 * Random decisions over a few rows, and reads of single rows, recorded. Any thread, each with its
 * own randomness.
 */
final class DecisionTraffic {
  private static final int MAX_ROWS = 4;

  private final History<Decided> history = new History<>();
  private final AtomicLong versions = new AtomicLong(Decided.UNWRITTEN);
  private final List<String> rows;

  DecisionTraffic(List<String> rows) {
    this.rows = List.copyOf(rows);
  }

  History<Decided> history() {
    return history;
  }

  /** Reads or decides; returns false when the store does not serve any more. */
  boolean once(Store store, RandomGenerator random) {
    if (random.nextInt(4) == 0) {
      return read(store, rows.get(random.nextInt(rows.size())));
    }
    List<String> seen = new ArrayList<>();
    List<String> written = new ArrayList<>();
    int count = 1 + random.nextInt(MAX_ROWS);
    for (int i = 0; i < count; i++) {
      String row = rows.get(random.nextInt(rows.size()));
      if (!seen.contains(row)) {
        seen.add(row);
        if (random.nextBoolean()) {
          written.add(row);
        }
      }
    }
    return decide(store, seen, written, random.nextInt(8) == 0);
  }

  /** Reads each row once. */
  void readAll(Store store) {
    rows.forEach(row -> read(store, row));
  }

  private boolean read(Store store, String row) {
    long begin = history.begin();
    try {
      long version = version(store.read(key(row, ""), Consistency.STRONG));
      history.answered(begin, new Decided("read", Map.of(row, version), Map.of()));
      return true;
    } catch (StorageFailedException | OutcomeUnknownException _) {
      return false;
    }
  }

  private boolean decide(Store store, List<String> seen, List<String> written, boolean refuse) {
    long version = versions.incrementAndGet();
    // A decision may run again; its last run counts and replaces what earlier runs found.
    Map<String, Long> found = new ConcurrentHashMap<>();
    long begin = history.begin();
    try {
      List<RowKey> keys = seen.stream().map(row -> key(row, "")).toList();
      store.transact(keys, current -> verdict(current, seen, written, version, refuse, found));
      history.answered(begin, decided(version, found, written));
      return true;
    } catch (Refused _) {
      history.answered(begin, decided(version, found, List.of()));
      return true;
    } catch (StorageFailedException _) {
      return false;
    } catch (OutcomeUnknownException _) {
      recordUnknown(begin, version, found, written, seen);
      return false;
    }
  }

  private void recordUnknown(
      long begin, long version, Map<String, Long> found, List<String> written, List<String> seen) {
    if (found.size() == seen.size()) {
      history.unknown(begin, decided(version, found, written));
    }
  }

  private static Verdict<Long> verdict(
      CurrentRows current,
      List<String> seen,
      List<String> written,
      long version,
      boolean refuse,
      Map<String, Long> found) {
    seen.forEach(row -> found.put(row, version(current.row(key(row, "")))));
    if (refuse) {
      throw new Refused();
    }
    List<Write> writes = new ArrayList<>();
    written.forEach(row -> writes.add(new Write.Put(key(row, ""), number(version))));
    return new Verdict<>(version, writes);
  }

  private static Decided decided(long version, Map<String, Long> found, List<String> written) {
    Map<String, Long> versions = new HashMap<>();
    written.forEach(row -> versions.put(row, version));
    return new Decided("decision " + version, found, versions);
  }

  private static long version(Optional<Row> row) {
    return row.map(Row::value).map(StoreClient::number).orElse(Decided.UNWRITTEN);
  }

  /** Refuses a decision after it has seen its rows. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused() {
      super("refused", null, false, false);
    }
  }
}
