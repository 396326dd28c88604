package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableName;
import org.ostraka.model.TableSize;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/**
 * An index that is being filled with the items that its table already has. Writes that begin after
 * the index was added keep it up to date themselves; {@link #awaitUsers} waits for those that began
 * before. One thread.
 */
public final class IndexBuild {
  private final OpenTable table;
  private final IndexName name;
  private final Space space;
  private final RowKey recordRow;
  private final RowKey row;
  private final IndexBuildPosition start;

  private IndexBuild(
      OpenTable table, IndexName name, Space space, TableArn arn, IndexBuildPosition start) {
    this.table = table;
    this.name = name;
    this.space = space;
    this.recordRow = CatalogueRows.tableKey(arn);
    this.row = CatalogueRows.buildKey(arn);
    this.start = start;
  }

  static IndexBuild of(OpenTable table, TableRecord record, GlobalIndex index, Instant now) {
    Space space = record.indexes().get(index.name());
    if (space == null) {
      throw new IllegalStateException("an index has no space");
    }
    return new IndexBuild(
        table,
        index.name(),
        space,
        record.description().arn(),
        IndexBuildPosition.start(space, now));
  }

  public TableName tableName() {
    return table.stored().description().name();
  }

  public IndexName indexName() {
    return name;
  }

  /** Where the index's rows lie, which no other index ever had or will have. */
  public Space space() {
    return space;
  }

  /** Items of the table, roughly. */
  public long tableItems() {
    return table.size().itemCount();
  }

  /** How far it has come. */
  public IndexBuildPosition position() {
    return table
        .build()
        .position()
        .filter(position -> position.index().equals(space))
        .orElse(start);
  }

  /** Waits for the requests that began before the index was added. */
  public void awaitUsers() {
    table.awaitUsers();
  }

  /** Begins to use the table, if the index is still to be built. */
  public Optional<TableUse> use() {
    Optional<TableUse> use = table.use();
    if (use.isPresent() && !isWanted()) {
      use.get().close();
      return Optional.empty();
    }
    return use;
  }

  /** The rows in which a decision finds and writes what it has to know of the building. */
  public List<RowKey> rows() {
    return List.of(recordRow, row);
  }

  /** Whether the index is still to be built when a decision is taken that declares the rows. */
  public boolean isWanted(CurrentRows rows) {
    return rows.row(recordRow)
        .map(stored -> TableRecordItem.record(ItemEncoding.decode(stored.value())))
        .filter(record -> space.equals(record.indexes().get(name)))
        .filter(TableRecord::isBuilding)
        .isPresent();
  }

  /** What stores how far the building has come. */
  public Write write(IndexBuildPosition position) {
    return new Write.Put(row, CatalogueRows.bytes(position));
  }

  /** It has come so far, and the store has it. */
  public void advance(IndexBuildPosition position) {
    table.build().advance(position);
  }

  OpenTable table() {
    return table;
  }

  boolean isWanted() {
    return table
        .current()
        .filter(record -> space.equals(record.indexes().get(name)))
        .flatMap(record -> record.description().index(name.value()))
        .filter(index -> index instanceof GlobalIndex global && global.isBackfilling())
        .isPresent();
  }

  TableDescription complete(TableDescription description) {
    return description.withGlobalIndex(name, index -> index.withStatus(IndexStatus.ACTIVE));
  }

  /** How much the table holds once the index counts. */
  TableSize sizeAfter() {
    TableSize counted = table.countedSize();
    IndexBuildPosition built = position();
    Map<IndexName, TableSize> indexes = new HashMap<>(counted.indexes());
    indexes.put(name, counted.ofIndex(name).plus(built.entries(), built.sizeBytes()));
    return new TableSize(counted.itemCount(), counted.sizeBytes(), indexes);
  }
}
