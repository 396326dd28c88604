package org.ostraka.engine.catalogue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Owner;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableSize;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/**
 * The catalogue's rows. Part of the format on disk. Any thread.
 *
 * <pre>
 * partition (account, region)          sort name   a table's record
 * partition (account, region, "size")  sort name   how much the table held when that was last counted
 * partition (account, region, "build") sort name   how far the building of an index has come
 * partition ("spaces")                             the last space that was given out, eight bytes
 * </pre>
 */
final class CatalogueRows {
  /** The space of the catalogue itself; tables' spaces are numbered from 1. */
  static final Space SPACE = new Space(0);

  private static final String SIZE = "size";
  private static final String BUILD = "build";
  private static final RowKey LAST_SPACE =
      new RowKey(SPACE, KeyEncoding.encode(new AttributeValue.S("spaces")), Bytes.EMPTY);

  /** Sizes that are stored by one decision, at most. */
  private static final int MAX_SIZES_AT_ONCE = 1_000;

  private final Store store;
  private final Map<TableArn, TableSize> savedSizes = new HashMap<>();

  CatalogueRows(Store store) {
    this.store = store;
  }

  /** A table's record, its size, and how far the building of an index has come, as stored. */
  record Stored(TableRecord record, TableSize size, Optional<IndexBuildPosition> build) {}

  List<Stored> all() {
    List<TableRecord> records = new ArrayList<>();
    Map<RowKey, TableSize> sizes = new HashMap<>();
    Map<RowKey, IndexBuildPosition> builds = new HashMap<>();
    try (Cursor cursor = store.scan(Range.OfSlice.all(SPACE), Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        CatalogueEntry entry = CatalogueEntry.of(row.get());
        switch (entry) {
          case CatalogueEntry.OfTable(TableRecord record) -> records.add(record);
          case CatalogueEntry.OfSize(TableSize size) -> sizes.put(row.get().key(), size);
          case CatalogueEntry.OfBuild(IndexBuildPosition position) ->
              builds.put(row.get().key(), position);
          case CatalogueEntry.OfLastSpace _ -> {}
        }
        row = cursor.next();
      }
    }
    records.forEach(record ->
        Optional.ofNullable(sizes.get(sizeKey(arn(record))))
            .ifPresent(size -> savedSizes.put(arn(record), size)));
    return records.stream()
        .map(record ->
            new Stored(
                record,
                savedSizes.getOrDefault(arn(record), TableSize.EMPTY),
                Optional.ofNullable(builds.get(buildKey(arn(record))))))
        .toList();
  }

  /**
   * Takes new spaces and stores the record that {@code made} makes from the first of them on, as
   * one.
   */
  TableRecord create(Function<Space, TableRecord> made) {
    TableArn arn = arn(made.apply(SPACE));
    return store.transact(
        List.of(LAST_SPACE, tableKey(arn)),
        current -> {
          Space space = nextSpace(current);
          TableRecord record = made.apply(space);
          long used = record.spaces().stream().mapToLong(Space::id).max().orElseThrow();
          Bytes last = bytes(new Space(used));
          return new Verdict<>(
              record,
              List.of(
                  new Write.Put(LAST_SPACE, last), new Write.Put(tableKey(arn), bytes(record))));
        });
  }

  /**
   * Stores a record that may take one more space, and with it how much the table holds, so that
   * indexes that come or go do so together with their sizes.
   *
   * @param made the record, from the next space, which it need not take
   */
  TableRecord put(TableArn arn, Function<Space, TableRecord> made, TableSize size) {
    List<RowKey> keys = List.of(LAST_SPACE, tableKey(arn), sizeKey(arn), buildKey(arn));
    TableRecord stored =
        store.transact(
            keys,
            current -> {
              Space next = nextSpace(current);
              TableRecord record = made.apply(next);
              List<Write> writes = new ArrayList<>();
              if (record.spaces().contains(next)) {
                writes.add(new Write.Put(LAST_SPACE, bytes(next)));
              }
              writes.add(new Write.Put(tableKey(arn), bytes(record)));
              writes.add(new Write.Put(sizeKey(arn), bytes(size)));
              if (!record.isBuilding()) {
                writes.add(new Write.Delete(buildKey(arn)));
              }
              return new Verdict<>(record, writes);
            });
    savedSizes.put(arn, size);
    return stored;
  }

  void delete(TableRecord record) {
    TableArn arn = arn(record);
    savedSizes.remove(arn);
    List<RowKey> keys = List.of(tableKey(arn), sizeKey(arn), buildKey(arn));
    store.transact(
        keys,
        _ ->
            new Verdict<>(
                record, keys.stream().map(key -> (Write) new Write.Delete(key)).toList()));
  }

  /** Stores the sizes that have changed since they were last stored. One thread at a time. */
  void saveSizes(Collection<OpenTable> tables) {
    Map<TableArn, TableSize> changed = new LinkedHashMap<>();
    for (OpenTable table : tables) {
      TableArn arn = arn(table.stored());
      TableSize size = table.countedSize();
      if (!size.equals(savedSizes.getOrDefault(arn, TableSize.EMPTY))) {
        changed.put(arn, size);
      }
      if (changed.size() == MAX_SIZES_AT_ONCE) {
        saveSizes(changed);
        changed.clear();
      }
    }
    saveSizes(changed);
  }

  private void saveSizes(Map<TableArn, TableSize> changed) {
    if (changed.isEmpty()) {
      return;
    }
    List<Write> writes = new ArrayList<>();
    changed.forEach((arn, size) -> writes.add(new Write.Put(sizeKey(arn), bytes(size))));
    List<RowKey> keys = changed.keySet().stream().map(CatalogueRows::sizeKey).toList();
    store.transact(keys, _ -> new Verdict<>(keys, writes));
    savedSizes.putAll(changed);
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

  /** What is stored of how far the building of an index has come. */
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

  private static Bytes bytes(TableRecord record) {
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
    return KeyEncoding.encode(text(arn.table()));
  }

  private static AttributeValue text(Object value) {
    return new AttributeValue.S(value.toString());
  }
}
