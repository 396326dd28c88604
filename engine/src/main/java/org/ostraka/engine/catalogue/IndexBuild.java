package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.Optional;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.TableArn;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/** The build of a secondary index. One thread. */
public final class IndexBuild implements Build {
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

  @Override
  public TableArn arn() {
    return arn;
  }

  @Override
  public String what() {
    return "index " + name;
  }

  public IndexName indexName() {
    return name;
  }

  @Override
  public Space space() {
    return space;
  }

  @Override
  public long tableItems() {
    return table.size().itemCount();
  }

  @Override
  public IndexBuildPosition position() {
    return own(table.build().position()).orElse(start);
  }

  @Override
  public RowKey row() {
    return row;
  }

  @Override
  public IndexBuildPosition position(CurrentRows rows) {
    return own(rows.row(row)
            .map(stored -> IndexBuildItem.position(ItemEncoding.decode(stored.value()))))
        .orElse(start);
  }

  @Override
  public void advance(IndexBuildPosition position) {
    table.build().load(Optional.of(position));
  }

  @Override
  public boolean isWanted() {
    return table.current().filter(this::isWanted).isPresent();
  }

  @Override
  public boolean isWanted(TableRecord record) {
    return space.equals(record.indexes().get(name))
        && record
            .description()
            .index(name.value())
            .filter(index -> index instanceof GlobalIndex global && global.isBackfilling())
            .isPresent();
  }

  @Override
  public TableRecord complete(TableRecord record) {
    return record.with(description ->
        description.withGlobalIndex(name, index -> index.withStatus(IndexStatus.ACTIVE)));
  }

  private Optional<IndexBuildPosition> own(Optional<IndexBuildPosition> position) {
    return position.filter(reached -> reached.index().equals(space));
  }
}
