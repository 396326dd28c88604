package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.Optional;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;

/**
 * The build of the index of a table's expiry times. Its position lies in the index's own space, and
 * stays there until the space is dropped. One thread.
 */
public final class ExpiryBuild implements Build {
  /** The partition of the position. Part of the format on disk. */
  private static final Bytes POSITION = Bytes.of(0xFF);

  private final Store store;
  private final OpenTable table;
  private final TableArn arn;
  private final TimeToLive timeToLive;
  private final Space space;
  private final IndexBuildPosition start;

  ExpiryBuild(Store store, OpenTable table, TimeToLive timeToLive, Instant now) {
    this.store = store;
    this.table = table;
    this.arn = table.arn();
    this.timeToLive = timeToLive;
    this.space = timeToLive.space().orElseThrow();
    this.start = IndexBuildPosition.start(space, now);
  }

  /** Returns the row in which the build of an index stores its position. */
  static RowKey row(Space index) {
    return new RowKey(index, POSITION, Bytes.EMPTY);
  }

  /** Returns whether a row of an index stores the position of its build. */
  public static boolean isPosition(RowKey key) {
    return key.partition().equals(POSITION);
  }

  /** Returns the position that a row stores. */
  public static IndexBuildPosition position(Row row) {
    return IndexBuildItem.position(ItemEncoding.decode(row.value()));
  }

  /** Returns the stored position of the build of an index; empty before its first step. */
  public static Optional<IndexBuildPosition> position(Store store, Space index) {
    return store.read(row(index), Consistency.STRONG).map(ExpiryBuild::position);
  }

  /** Returns the time to live as it was when the build was chosen. */
  public TimeToLive timeToLive() {
    return timeToLive;
  }

  @Override
  public TableArn arn() {
    return arn;
  }

  @Override
  public String what() {
    return "index of expiry times";
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
    return position(store, space).orElse(start);
  }

  @Override
  public RowKey row() {
    return row(space);
  }

  @Override
  public IndexBuildPosition position(CurrentRows rows) {
    return rows.row(row()).map(ExpiryBuild::position).orElse(start);
  }

  @Override
  public void advance(IndexBuildPosition position) {
    // It is read from the store.
  }

  @Override
  public boolean isWanted() {
    return table.current().filter(this::isWanted).isPresent();
  }

  @Override
  public boolean isWanted(TableRecord record) {
    return record
        .timeToLive()
        .flatMap(TimeToLive::index)
        .equals(Optional.of(new TimeToLive.Index(space, true)));
  }

  @Override
  public TableRecord complete(TableRecord record) {
    return record.withTimeToLive(record.timeToLive().orElseThrow().built());
  }
}
