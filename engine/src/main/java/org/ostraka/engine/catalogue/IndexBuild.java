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
 * The build of an index, which fills it with the items that its table already has. Writes decided
 * after the index was added update it themselves, since they guard the table's record. One thread.
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

  /** Returns the space of the index's rows, which is never used for another index. */
  public Space space() {
    return space;
  }

  /** Returns the approximate number of the table's items. */
  public long tableItems() {
    return table.size().itemCount();
  }

  /** Returns the position of the build, as far as this server knows. */
  public IndexBuildPosition position() {
    return own(table.build().position()).orElse(start);
  }

  /** Returns the key of the row that stores the position of the build. */
  public RowKey row() {
    return row;
  }

  /** Returns the stored position of the build, in a decision that declares its row. */
  public IndexBuildPosition position(CurrentRows rows) {
    return own(rows.row(row)
            .map(stored -> IndexBuildItem.position(ItemEncoding.decode(stored.value()))))
        .orElse(start);
  }

  /** Returns the write that stores the position of the build. */
  public Write write(IndexBuildPosition position) {
    return new Write.Put(row, CatalogueRows.bytes(position));
  }

  /** Sets the position of the build after the store has stored it. */
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
