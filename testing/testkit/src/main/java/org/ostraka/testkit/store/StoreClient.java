package org.ostraka.testkit.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
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
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/** A store in the short words of tests. Any thread. */
record StoreClient(Store store) {
  static final Space SPACE = new Space(7);
  static final LogId LOG = new LogId(new Space(8));

  /** A key that is declared where a decision needs none. */
  private static final RowKey UNUSED = new RowKey(new Space(0), Bytes.EMPTY, Bytes.EMPTY);

  static RowKey key(String partition, String sort) {
    return new RowKey(SPACE, bytes(partition), bytes(sort));
  }

  static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(Bytes bytes) {
    return new String(bytes.array(), StandardCharsets.UTF_8);
  }

  static Bytes number(long number) {
    return bytes(Long.toString(number));
  }

  static long number(Bytes bytes) {
    return Long.parseLong(text(bytes));
  }

  void put(RowKey key, Bytes value) {
    write(new Write.Put(key, value));
  }

  void put(String partition, String sort, String value) {
    put(key(partition, sort), bytes(value));
  }

  void delete(RowKey key) {
    write(new Write.Delete(key));
  }

  void append(LogId log, Bytes record) {
    write(new Write.Append(log, record));
  }

  /** Carries out the writes as one decision. */
  void write(Write... writes) {
    List<Write> all = List.of(writes);
    store.transact(keysOf(all), _ -> new Verdict<>("done", all));
  }

  static Set<RowKey> keysOf(List<Write> writes) {
    Set<RowKey> keys = new LinkedHashSet<>();
    for (Write write : writes) {
      switch (write) {
        case Write.Put put -> keys.add(put.key());
        case Write.Delete delete -> keys.add(delete.key());
        case Write.Derive derived -> keys.add(derived.owner());
        case Write.Append _ -> keys.add(UNUSED);
        case Write.Replicated(_, Write change) -> keys.addAll(keysOf(List.of(change)));
      }
    }
    return keys;
  }

  Optional<Bytes> read(RowKey key) {
    return store.read(key, Consistency.STRONG).map(Row::value);
  }

  /** Returns the rows of a range. */
  List<Row> rows(Range range) {
    List<Row> rows = new ArrayList<>();
    try (Cursor cursor = store.scan(range, Consistency.STRONG, Wanted.ALL)) {
      for (Optional<Row> row = cursor.next(); row.isPresent(); row = cursor.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }

  /** Returns the keys and values of a range. */
  List<Entry> entries(Range range) {
    return rows(range).stream().map(row -> new Entry(row.key(), row.value())).toList();
  }

  /** A row without its version, which no test can know. */
  record Entry(RowKey key, Bytes value) {}

  List<RowKey> keys(Range range) {
    return rows(range).stream().map(Row::key).toList();
  }

  /** Returns all records of a log, read in pages. */
  List<LogRecord> records(LogId log) {
    return records(log, Position.START);
  }

  /** Returns all records of a log after a position, read in pages. */
  List<LogRecord> records(LogId log, Position after) {
    int limit = 1_000;
    List<LogRecord> records = new ArrayList<>();
    LogPage page = store.readLog(log, after, limit, Long.MAX_VALUE);
    while (!page.records().isEmpty()) {
      records.addAll(page.records());
      page = store.readLog(log, page.next(), limit, Long.MAX_VALUE);
    }
    return records;
  }

  /** Returns the values of all records of a log after a position. */
  List<Bytes> recordValues(LogId log, Position after) {
    return records(log, after).stream().map(LogRecord::value).toList();
  }

  /** Returns the values of all records of a log. */
  List<Bytes> recordValues(LogId log) {
    return records(log).stream().map(LogRecord::value).toList();
  }
}
