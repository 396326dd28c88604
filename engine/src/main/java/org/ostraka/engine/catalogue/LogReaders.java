package org.ostraka.engine.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/** The stored readers of the changes of all tables. Any thread. */
public final class LogReaders {
  private final Store store;

  public LogReaders(Store store) {
    this.store = store;
  }

  /** Returns the readers of the tables of a name. */
  public List<LogReader> of(TableArn arn) {
    List<LogReader> readers = new ArrayList<>();
    Range range =
        new Range.OfPartition(
            CatalogueRows.SPACE,
            CatalogueRows.readerPartition(arn.owner()),
            CatalogueRows.name(arn.table()),
            Optional.empty(),
            Direction.FORWARD);
    try (Cursor cursor = store.scan(range, Consistency.STRONG, Wanted.ALL)) {
      Optional<LogReader> reader = cursor.next().map(LogReaders::reader);
      while (reader.filter(each -> each.table().equals(arn)).isPresent()) {
        readers.add(reader.get());
        reader = cursor.next().map(LogReaders::reader);
      }
    }
    return readers;
  }

  /** Returns all readers. */
  public List<LogReader> all() {
    List<LogReader> readers = new ArrayList<>();
    try (Cursor cursor =
        store.scan(Range.OfSlice.all(CatalogueRows.SPACE), Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        if (CatalogueEntry.of(row.get()) instanceof CatalogueEntry.OfReader(var reader)) {
          readers.add(reader);
        }
        row = cursor.next();
      }
    }
    return readers;
  }

  /** Returns a reader as it is stored now. */
  public Optional<LogReader> find(TableArn arn, String name) {
    return store
        .read(CatalogueRows.readerKey(arn, name), Consistency.STRONG)
        .map(LogReaders::reader);
  }

  /**
   * Makes a reader, unless there is one of this name: then that one goes on.
   *
   * @param guards the guards of the decision
   */
  public LogReader begin(
      TableArn arn, String name, boolean streamsOnly, LogReader.Start start, List<Guard> guards) {
    Optional<LogReader> present = find(arn, name);
    if (present.isPresent()) {
      return present.get();
    }
    return begin(fresh(arn, name, streamsOnly, start, new LogHistories(store).of(arn)), guards);
  }

  /** Stores a reader, unless there is one of this table and name: then that one goes on. */
  public LogReader begin(LogReader fresh, List<Guard> guards) {
    RowKey key = CatalogueRows.readerKey(fresh.table(), fresh.name());
    return store.transact(
        List.of(key),
        guards,
        rows -> {
          Optional<LogReader> stored = rows.row(key).map(LogReaders::reader);
          return stored.isPresent()
              ? Verdict.unchanged(stored.get())
              : new Verdict<>(fresh, List.of(put(key, fresh)));
        });
  }

  private LogReader fresh(
      TableArn arn, String name, boolean streamsOnly, LogReader.Start start, LogHistory history) {
    Map<Space, Position> cursors = new HashMap<>();
    Set<Space> finished = new HashSet<>();
    long next = 0;
    for (LogHistory.Shard shard : history.shards()) {
      next = Math.max(next, shard.space().id() + 1);
      switch (start) {
        case OLDEST -> cursors.put(shard.space(), store.oldest(shard.id()));
        case NEWEST -> {
          if (shard.closed().isPresent()) {
            finished.add(shard.space());
          } else {
            cursors.put(shard.space(), store.newest(shard.id()));
          }
        }
        case NEXT_SHARDS -> {}
      }
    }
    Space from = new Space(start == LogReader.Start.NEXT_SHARDS ? next : 0);
    return new LogReader(
        arn, name, streamsOnly, from, cursors, finished, LogReader.Losses.NONE, Optional.empty());
  }

  /** Changes a reader by one decision, if it exists. */
  public void change(
      TableArn arn, String name, List<Guard> guards, UnaryOperator<LogReader> choice) {
    RowKey key = CatalogueRows.readerKey(arn, name);
    store.transact(
        List.of(key),
        guards,
        rows -> {
          Optional<LogReader> before = rows.row(key).map(LogReaders::reader);
          Optional<LogReader> after = before.map(choice);
          return after.equals(before)
              ? Verdict.unchanged(after)
              : new Verdict<>(after, List.of(put(key, after.orElseThrow())));
        });
  }

  /**
   * Moves the place of a reader's copy, if it is where the caller knows it.
   *
   * @return whether it was there
   */
  public boolean moveCopy(
      LogReader reader, Optional<CopyPlace> from, Optional<CopyPlace> to, List<Guard> guards) {
    RowKey key = key(reader);
    return store.transact(
        List.of(key),
        guards,
        rows -> {
          Optional<LogReader> before = rows.row(key).map(LogReaders::reader);
          return before.filter(stored -> stored.copy().equals(from)).isEmpty()
              ? Verdict.unchanged(false)
              : new Verdict<>(true, List.of(put(key, before.get().withCopy(to))));
        });
  }

  /** Removes a reader, if it exists. What it has not read is no longer kept for it. */
  public void remove(TableArn arn, String name, List<Guard> guards) {
    RowKey key = CatalogueRows.readerKey(arn, name);
    store.transact(
        List.of(key),
        guards,
        rows ->
            rows.row(key).isEmpty()
                ? Verdict.unchanged(false)
                : new Verdict<>(true, List.of(new Write.Delete(key))));
  }

  /** Returns the key of a reader's row, for decisions that also write other rows. */
  public static RowKey key(LogReader reader) {
    return CatalogueRows.readerKey(reader.table(), reader.name());
  }

  /** Returns the write that stores a reader. */
  public static Write write(LogReader reader) {
    return put(key(reader), reader);
  }

  private static Write put(RowKey key, LogReader reader) {
    return new Write.Put(key, ItemEncoding.encode(LogReaderItem.of(reader)));
  }

  private static LogReader reader(Row row) {
    return LogReaderItem.reader(ItemEncoding.decode(row.value()));
  }
}
