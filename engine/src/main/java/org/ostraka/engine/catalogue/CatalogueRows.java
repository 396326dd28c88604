package org.ostraka.engine.catalogue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.IndexName;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;
import org.ostraka.model.TableSize;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Guard;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Version;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/**
 * The catalogue's rows and its log. Part of the format on disk. Any thread.
 *
 * <pre>
 * partition (account, region)          sort name   a table's record
 * partition (account, region, "size")  sort name   the size of the table, as servers have stored it
 * partition (account, region, "build") sort name   the position of an index build
 * partition (account, region, "logs")  sort name   the history of the table's streams and shards
 * partition (account, region, "readers") sort (name, reader)  a reader of the table's changes
 * partition ("spaces")                             the last space that was given out, eight bytes
 * </pre>
 *
 * <p>The log has a {@link CatalogueChange} for each change of a table's record.
 */
final class CatalogueRows {
  /** The space of the catalogue itself; tables' spaces are numbered from 1. */
  static final Space SPACE = new Space(0);

  /** The log of the catalogue's changes. */
  static final LogId LOG = new LogId(SPACE);

  private static final String SIZE = "size";
  private static final String BUILD = "build";
  private static final String LOGS = "logs";
  private static final String READERS = "readers";
  private static final RowKey LAST_SPACE =
      new RowKey(SPACE, KeyEncoding.encode(new AttributeValue.S("spaces")), Bytes.EMPTY);

  private final Store store;

  CatalogueRows(Store store) {
    this.store = store;
  }

  /**
   * The stored state of a table.
   *
   * @param version the version of the record's row
   * @param build the position of the index build; absent when no index is being built
   */
  record Stored(
      TableRecord record, Version version, TableSize size, Optional<IndexBuildPosition> build) {}

  /** Chooses a table's record. Pure: a store may run it more than once. */
  @FunctionalInterface
  interface Choice {
    /**
     * Returns the table's next record; empty to remove the table.
     *
     * @param stored the table's current record; absent when there is no such table
     * @param next the first space that was never given out; the record may use it
     */
    Optional<TableRecord> choose(Optional<TableRecord> stored, Space next);
  }

  /** Returns all tables that are stored. */
  List<Stored> all() {
    Map<TableArn, Row> records = new LinkedHashMap<>();
    Map<RowKey, Row> others = new HashMap<>();
    try (Cursor cursor = store.scan(Range.OfSlice.all(SPACE), Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> next = cursor.next();
      while (next.isPresent()) {
        Row row = next.get();
        switch (CatalogueEntry.of(row)) {
          case CatalogueEntry.OfTable(TableRecord record) -> records.put(arn(record), row);
          case CatalogueEntry.OfSize _, CatalogueEntry.OfBuild _ -> others.put(row.key(), row);
          case CatalogueEntry.OfHistory _,
              CatalogueEntry.OfReader _,
              CatalogueEntry.OfLastSpace _ -> {}
        }
        next = cursor.next();
      }
    }
    return records.entrySet().stream()
        .map(entry ->
            stored(
                entry.getValue(),
                Optional.ofNullable(others.get(sizeKey(entry.getKey()))),
                Optional.ofNullable(others.get(buildKey(entry.getKey())))))
        .toList();
  }

  /** Returns a table as it is stored now. */
  Optional<Stored> read(TableArn arn) {
    List<Optional<Row>> rows =
        store.read(List.of(tableKey(arn), sizeKey(arn), buildKey(arn)), Consistency.STRONG);
    return rows.get(0).map(record -> stored(record, rows.get(1), rows.get(2)));
  }

  private static Stored stored(Row record, Optional<Row> size, Optional<Row> build) {
    return new Stored(
        record(record),
        record.version(),
        size.map(CatalogueRows::size).orElse(TableSize.EMPTY),
        build.map(row -> IndexBuildItem.position(ItemEncoding.decode(row.value()))));
  }

  /** Waits until earlier decisions on a table's record have been stored. */
  void await(TableArn arn) {
    store.transact(List.of(tableKey(arn)), rows -> Verdict.unchanged(rows.row(tableKey(arn))));
  }

  /**
   * Changes a table's record by one decision, and records the change in the log.
   *
   * <p>The size of an index is stored from its creation to its deletion. The entries that a build
   * made are added when the build is finished.
   *
   * @param actor who makes the change
   * @param guards the guards of the decision
   * @param now when the change is made
   * @return the record that the table has afterwards
   */
  Optional<TableRecord> change(
      TableArn arn, Principal actor, List<Guard> guards, Instant now, Choice choice) {
    RowKey key = tableKey(arn);
    List<RowKey> keys = List.of(LAST_SPACE, key, sizeKey(arn), buildKey(arn), historyKey(arn));
    return store.transact(
        keys,
        guards,
        rows -> {
          Optional<TableRecord> old = rows.row(key).map(CatalogueRows::record);
          Optional<TableRecord> next = choice.choose(old, nextSpace(rows));
          if (old.equals(next)) {
            return Verdict.unchanged(next);
          }
          List<Write> writes = writes(arn, actor, rows, old, next);
          history(arn, rows, next, now).ifPresent(writes::add);
          return new Verdict<>(next, writes);
        });
  }

  /**
   * Returns the write of the history of the table's logs, if the change of the record changes it.
   */
  private static Optional<Write> history(
      TableArn arn, CurrentRows rows, Optional<TableRecord> next, Instant now) {
    LogHistory before =
        rows.row(historyKey(arn)).map(LogHistories::history).orElse(LogHistory.NONE);
    LogHistory after = before.after(next, now);
    return after.equals(before) ? Optional.empty() : Optional.of(LogHistories.write(arn, after));
  }

  private static List<Write> writes(
      TableArn arn,
      Principal actor,
      CurrentRows rows,
      Optional<TableRecord> old,
      Optional<TableRecord> next) {
    List<Write> writes = new ArrayList<>();
    if (next.isEmpty()) {
      writes.add(new Write.Delete(tableKey(arn)));
      writes.add(new Write.Delete(sizeKey(arn)));
      writes.add(new Write.Delete(buildKey(arn)));
    } else {
      TableRecord record = next.get();
      long used = record.allSpaces().stream().mapToLong(Space::id).max().orElseThrow();
      if (used >= nextSpace(rows).id()) {
        writes.add(new Write.Put(LAST_SPACE, bytes(new Space(used))));
      }
      writes.add(new Write.Put(tableKey(arn), bytes(record)));
      TableSize size = sizeAfter(arn, rows, old, record);
      writes.add(
          size.equals(TableSize.EMPTY)
              ? new Write.Delete(sizeKey(arn))
              : new Write.Put(sizeKey(arn), bytes(size)));
      if (!record.isBuilding()) {
        writes.add(new Write.Delete(buildKey(arn)));
      }
    }
    writes.add(new Write.Append(LOG, new CatalogueChange(arn, actor, next).encoded()));
    return writes;
  }

  private static TableSize sizeAfter(
      TableArn arn, CurrentRows rows, Optional<TableRecord> old, TableRecord next) {
    TableSize before = rows.row(sizeKey(arn)).map(CatalogueRows::size).orElse(TableSize.EMPTY);
    Map<IndexName, TableSize> kept = new HashMap<>();
    old.map(TableRecord::indexes)
        .orElse(Map.of())
        .forEach((name, space) -> {
          if (space.equals(next.indexes().get(name))) {
            kept.put(name, before.ofIndex(name));
          }
        });
    if (!next.isBuilding()) {
      rows.row(buildKey(arn))
          .map(row -> IndexBuildItem.position(ItemEncoding.decode(row.value())))
          .ifPresent(built ->
              next.indexes()
                  .forEach((name, space) -> {
                    if (space.equals(built.index())) {
                      kept.merge(
                          name,
                          new TableSize(built.entries(), built.sizeBytes()),
                          (size, more) -> size.plus(more.itemCount(), more.sizeBytes()));
                    }
                  }));
    }
    return new TableSize(before.itemCount(), before.sizeBytes(), kept);
  }

  /**
   * Adds increments to the stored sizes of tables by one decision. Skips tables that no longer
   * exist.
   *
   * @param increments the increment of each table, by the space of its items
   * @return the stored size of each table afterwards
   */
  Map<TableArn, TableSize> addSizes(
      Map<TableArn, SizeIncrement> increments, Map<TableArn, Space> items, List<Guard> guards) {
    List<RowKey> keys = new ArrayList<>();
    increments
        .keySet()
        .forEach(arn -> {
          keys.add(tableKey(arn));
          keys.add(sizeKey(arn));
        });
    return store.transact(
        keys,
        guards,
        rows -> {
          Map<TableArn, TableSize> sizes = new LinkedHashMap<>();
          List<Write> writes = new ArrayList<>();
          increments.forEach((arn, increment) ->
              rows.row(tableKey(arn))
                  .map(CatalogueRows::record)
                  .filter(record -> record.items().equals(items.get(arn)))
                  .ifPresent(record -> {
                    TableSize before =
                        rows.row(sizeKey(arn)).map(CatalogueRows::size).orElse(TableSize.EMPTY);
                    TableSize after = increment.addedTo(before, record);
                    sizes.put(arn, after);
                    writes.add(new Write.Put(sizeKey(arn), bytes(after)));
                  }));
          return new Verdict<>(sizes, writes);
        });
  }

  static TableRecord record(Row row) {
    return TableRecordItem.record(ItemEncoding.decode(row.value()));
  }

  private static TableSize size(Row row) {
    return TableRecordItem.size(ItemEncoding.decode(row.value()));
  }

  /** Returns the write that notes the last space that was given out. */
  static Write.Put lastSpace(Space space) {
    return new Write.Put(LAST_SPACE, bytes(space));
  }

  static Space lastSpace(Bytes value) {
    if (value.sizeBytes() != Long.BYTES) {
      throw new CorruptDataException("the last space is not a number of eight bytes");
    }
    long id = ByteBuffer.wrap(value.array()).getLong();
    if (id < 0) {
      throw new CorruptDataException("the last space is one that cannot be");
    }
    return new Space(id);
  }

  static RowKey tableKey(TableArn arn) {
    return new RowKey(SPACE, partition(arn.owner()), name(arn));
  }

  static RowKey sizeKey(TableArn arn) {
    return new RowKey(SPACE, partition(arn.owner(), SIZE), name(arn));
  }

  static RowKey buildKey(TableArn arn) {
    return new RowKey(SPACE, partition(arn.owner(), BUILD), name(arn));
  }

  static RowKey historyKey(TableArn arn) {
    return new RowKey(SPACE, historyPartition(arn.owner()), name(arn));
  }

  static RowKey readerKey(TableArn arn, String reader) {
    return new RowKey(
        SPACE,
        readerPartition(arn.owner()),
        KeyEncoding.encode(List.of(text(arn.table()), text(reader))));
  }

  static Bytes readerPartition(Owner owner) {
    return partition(owner, READERS);
  }

  static Bytes historyPartition(Owner owner) {
    return partition(owner, LOGS);
  }

  /** Returns the stored form of the position of an index build. */
  static Bytes bytes(IndexBuildPosition position) {
    return ItemEncoding.encode(IndexBuildItem.of(position));
  }

  static boolean isLastSpace(RowKey key) {
    return key.equals(LAST_SPACE);
  }

  private static Space nextSpace(CurrentRows current) {
    long last = current.row(LAST_SPACE).map(row -> lastSpace(row.value()).id()).orElse(0L);
    return new Space(last + 1);
  }

  private static TableArn arn(TableRecord record) {
    return record.description().arn();
  }

  static Bytes bytes(TableRecord record) {
    return ItemEncoding.encode(TableRecordItem.of(record));
  }

  private static Bytes bytes(TableSize size) {
    return ItemEncoding.encode(TableRecordItem.ofSize(size));
  }

  private static Bytes bytes(Space last) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(last.id()).array());
  }

  private static Bytes partition(Owner owner, String what) {
    return KeyEncoding.encode(List.of(text(owner.account()), text(owner.region()), text(what)));
  }

  private static Bytes partition(Owner owner) {
    return KeyEncoding.encode(List.of(text(owner.account()), text(owner.region())));
  }

  private static Bytes name(TableArn arn) {
    return name(arn.table());
  }

  static Bytes name(TableName table) {
    return KeyEncoding.encode(text(table));
  }

  private static AttributeValue text(Object value) {
    return new AttributeValue.S(value.toString());
  }
}
