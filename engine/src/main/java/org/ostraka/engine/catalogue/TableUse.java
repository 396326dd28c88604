package org.ostraka.engine.catalogue;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableName;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * One request's use of a table. The table's items stay where they are until the use is closed. Only
 * the thread that began it.
 */
public final class TableUse implements AutoCloseable {
  private final OpenTable table;
  private final TableState state;
  private final UseCount.Generation users;

  TableUse(OpenTable table, TableState state, UseCount.Generation users) {
    this.table = table;
    this.state = state;
    this.users = users;
  }

  public TableArn arn() {
    return description().arn();
  }

  public TableName name() {
    return description().name();
  }

  public TableKey key() {
    return description().key();
  }

  /** Returns the space of the table's items. */
  public Space items() {
    return state.now().items();
  }

  /** Returns the table's indexes, including those that are being created or deleted. */
  public List<OpenIndex> indexes() {
    return state.indexes();
  }

  /** Returns the index of this name, unless the table does not have it or is deleting it. */
  public Optional<OpenIndex> index(String name) {
    return indexes().stream()
        .filter(open -> open.index().name().value().equals(name) && !open.isDeleting())
        .findFirst();
  }

  /** Returns the table's item collections, which only a table with local indexes has. */
  public Optional<OpenCollections> collections() {
    return state.now().collections().map(table::collections);
  }

  /** Returns whether a write counts its change of an index: see {@link BuildProgress#counts}. */
  public boolean counts(OpenIndex index, RowKey item) {
    return table.build().counts(index, item);
  }

  /** Counts what a write changed. */
  public void changed(int items, int bytes) {
    table.sizes().add(items, bytes);
  }

  /** Counts what a write changed in an index. */
  public void changed(IndexName index, int entries, int bytes) {
    table.sizes().addToIndex(state.now().indexes().get(index), entries, bytes);
  }

  @Override
  public void close() {
    users.leave();
  }

  private TableDescription description() {
    return state.now().description();
  }
}
