package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.Optional;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableName;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/**
 * An index that is being filled with the items that its table already has. Writes that were decided
 * after the index was added keep it up to date themselves, since they guard the table's record. One
 * thread.
 */
public final class IndexBuild {
  private final OpenTable table;
  private final TableArn arn;
  private final IndexName name;
  private final Space space;
  private final RowKey row;
  private final IndexBuildPosition start;

  private IndexBuild(OpenTable table, TableArn arn, IndexName name, Space space, Instant now) {
    this.table = table;
    this.arn = arn;
    this.name = name;
    this.space = space;
    this.row = CatalogueRows.buildKey(arn);
    this.start = IndexBuildPosition.start(space, now);
  }

  static IndexBuild of(OpenTable table, TableRecord record, GlobalIndex index, Instant now) {
    Space space = record.indexes().get(index.name());
    if (space == null) {
      throw new IllegalStateException("an index has no space");
    }
    return new IndexBuild(table, record.description().arn(), index.name(), space, now);
  }

  TableArn arn() {
    return arn;
  }

  public TableName tableName() {
    return arn.table();
  }

  public IndexName indexName() {
    return name;
  }

  /** Returns the space of the index's rows, which no other index ever had or will have. */
  public Space space() {
    return space;
  }

  /** Returns the number of items of the table, roughly. */
  public long tableItems() {
    return table.size().itemCount();
  }

  /** Returns how far the build has come, as far as this server knows. */
  public IndexBuildPosition position() {
    return own(table.build().position()).orElse(start);
  }

  /** Returns the row in which a decision finds and writes how far the build has come. */
  public RowKey row() {
    return row;
  }

  /** Returns how far the build has come, in a decision that declares its row. */
  public IndexBuildPosition position(CurrentRows rows) {
    return own(rows.row(row)
            .map(stored -> IndexBuildItem.position(ItemEncoding.decode(stored.value()))))
        .orElse(start);
  }

  /** Returns the write that stores how far the build has come. */
  public Write write(IndexBuildPosition position) {
    return new Write.Put(row, CatalogueRows.bytes(position));
  }

  /** Notes that the build has come so far, and that the store has it. */
  public void advance(IndexBuildPosition position) {
    table.build().load(Optional.of(position));
  }

  /** Returns whether the index is still to be built. */
  public boolean isWanted() {
    return table.current().filter(this::isWanted).isPresent();
  }

  boolean isWanted(TableRecord record) {
    return space.equals(record.indexes().get(name))
        && record
            .description()
            .index(name.value())
            .filter(index -> index instanceof GlobalIndex global && global.isBackfilling())
            .isPresent();
  }

  TableDescription complete(TableDescription description) {
    return description.withGlobalIndex(name, index -> index.withStatus(IndexStatus.ACTIVE));
  }

  private Optional<IndexBuildPosition> own(Optional<IndexBuildPosition> position) {
    return position.filter(reached -> reached.index().equals(space));
  }
}
