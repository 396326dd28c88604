package org.ostraka.engine.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.ostraka.engine.capacity.Headroom;
import org.ostraka.engine.metric.TableMetrics;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.IndexName;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableName;
import org.ostraka.model.TableSize;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Origin;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * One request's use of a table. The spaces of the table's items and indexes are not dropped until
 * the use is closed. Only the thread that began it.
 */
public final class TableUse implements AutoCloseable {
  private final OpenTable table;
  private final TableState state;
  private final UseCount.Generation users;
  private final Principal actor;
  private final List<Guard> guards;
  private Headroom headroom = Headroom.UNLIMITED;

  /**
   * Begins the use.
   *
   * @param actor who uses the table
   * @param ofServer the guards of every decision of this server
   */
  TableUse(
      OpenTable table,
      TableState state,
      UseCount.Generation users,
      Principal actor,
      List<Guard> ofServer) {
    this.table = table;
    this.state = state;
    this.users = users;
    this.actor = actor;
    this.guards = ofServer.isEmpty() ? state.guards() : both(state.guards(), ofServer);
  }

  private static List<Guard> both(List<Guard> ofTable, List<Guard> ofServer) {
    List<Guard> all = new ArrayList<>(ofTable);
    all.addAll(ofServer);
    return List.copyOf(all);
  }

  public TableArn arn() {
    return description().arn();
  }

  public TableName name() {
    return description().name();
  }

  /** Returns who uses the table. */
  public Principal actor() {
    return actor;
  }

  /** Returns the table's region as it becomes part of the versions of written rows. */
  public Origin origin() {
    return table.origin();
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

  /** Returns the index of this name; empty when the table does not have it or is deleting it. */
  public Optional<OpenIndex> index(String name) {
    return indexes().stream()
        .filter(open -> open.index().name().value().equals(name) && !open.isDeleting())
        .findFirst();
  }

  /** Gives the use the room that its table has for the request. */
  public void admit(Headroom given) {
    headroom = given;
  }

  /** Returns the room that the table has for the request; unlimited for work of the server. */
  public Headroom headroom() {
    return headroom;
  }

  /** Returns what is counted of the table while it is used. */
  public TableMetrics metrics() {
    return table.metrics();
  }

  /** Returns the table's record as this use sees it. */
  public TableRecord record() {
    return state.now();
  }

  /** Returns a function for the present size of the table, or of one of its indexes, in bytes. */
  public ToLongFunction<Optional<IndexName>> sizes() {
    OpenTable sized = table;
    return index -> {
      TableSize size = sized.size();
      return index.map(size.indexes()::get).map(TableSize::sizeBytes).orElse(size.sizeBytes());
    };
  }

  /** Returns the guards of every decision that depends on this use. */
  public List<Guard> guards() {
    return guards;
  }

  /** Returns the space of the table's tombstones; empty when its deletions leave none. */
  public Optional<Space> tombstones() {
    return state.now().spaces().tombstones();
  }

  /** Returns the log of the changes of the table's items; empty when it has none. */
  public Optional<ChangeLog> changes() {
    return state.now().spaces().changes();
  }

  /** Returns whether the table is being filled, so that all of its indexes have all items. */
  public boolean isBeingFilled() {
    return state.now().recovery().isBeingFilled();
  }

  /** Returns the table's time to live; empty when it was never changed. */
  public Optional<TimeToLive> timeToLive() {
    return state.now().timeToLive();
  }

  /** Returns the global table of which the table is a replica; empty if there is none. */
  public Optional<GlobalTable> global() {
    return description().global();
  }

  /** Returns the table's item collections; empty when the table has no local indexes. */
  public Optional<OpenCollections> collections() {
    return state.now().collections().map(table::collections);
  }

  /**
   * Returns whether a write has to count its change of an index: see {@link BuildProgress#counts}.
   */
  public boolean counts(OpenIndex index, RowKey item) {
    return table.build().counts(index, item);
  }

  /** Counts the change of a write. */
  public void changed(int items, int bytes) {
    table.sizes().add(items, bytes);
  }

  /** Counts the change of a write in an index. */
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
