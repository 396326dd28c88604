package org.ostraka.engine.catalogue;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableSize;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.Space;

/** A table of the catalogue, as all requests share it. Any thread. */
public final class OpenTable {
  private final Clock clock;
  private final long collectionLimitBytes;
  private final UseCount users = new UseCount();
  private final TableSizes sizes;
  private final BuildProgress build;
  private final AtomicReference<TableState> state;
  private volatile boolean gone;

  /**
   * Makes the table.
   *
   * @param order the order in which the store scans
   * @param collectionLimitBytes how large an item collection may be
   */
  OpenTable(CatalogueRows.Stored stored, Clock clock, ScanOrder order, long collectionLimitBytes) {
    this.clock = clock;
    this.collectionLimitBytes = collectionLimitBytes;
    this.sizes = new TableSizes(stored.record(), stored.size());
    this.build = new BuildProgress(stored.build(), order);
    this.state = new AtomicReference<>(TableState.of(stored.record()));
  }

  /** Returns the table's record now, or nothing once the table is gone. */
  public Optional<TableRecord> current() {
    return currentState().map(TableState::now);
  }

  /** Returns the record as it was last stored. */
  public TableRecord stored() {
    return state.get().stored();
  }

  /** Replaces the record. One thread at a time. */
  void replace(TableRecord next) {
    sizes.keepIndexesOf(next);
    if (!next.isBuilding()) {
      build.end();
    }
    state.set(TableState.of(next));
  }

  /** Returns how much the table holds, including what an index build has made so far. */
  public TableSize size() {
    TableSize counted = build.addedTo(countedSize(), stored());
    Map<IndexName, TableSize> indexes = new HashMap<>(counted.indexes());
    indexes.replaceAll((_, index) -> index.atLeastEmpty());
    TableSize own = counted.atLeastEmpty();
    return new TableSize(own.itemCount(), own.sizeBytes(), indexes);
  }

  /** Returns how much the table holds as writes have counted it. */
  TableSize countedSize() {
    return sizes.of(stored());
  }

  /** Returns the counted size with the indexes of a record that the table may have next. */
  TableSize countedSize(TableRecord next) {
    return sizes.of(next);
  }

  /** Begins to use the table's items, unless the table does not serve: then nothing. */
  Optional<TableUse> use() {
    UseCount.Generation joined = users.enter();
    Optional<TableState> now = currentState().filter(TableState::serves);
    if (now.isEmpty()) {
      joined.leave();
      return Optional.empty();
    }
    return Optional.of(new TableUse(this, now.get(), joined));
  }

  /** Waits until every use that began before this call has ended. */
  void awaitUsers() {
    users.awaitEarlier();
  }

  /** Refuses further uses, and waits until all earlier ones have ended. */
  void retire() {
    gone = true;
    awaitUsers();
  }

  BuildProgress build() {
    return build;
  }

  TableSizes sizes() {
    return sizes;
  }

  OpenCollections collections(Space space) {
    return new OpenCollections(space, collectionLimitBytes);
  }

  private Optional<TableState> currentState() {
    if (gone) {
      return Optional.empty();
    }
    TableState old = state.get();
    Optional<TableState> now = old.at(clock.instant());
    // A record that was stored meanwhile stays.
    if (now.isPresent() && !now.get().equals(old)) {
      state.compareAndSet(old, now.get());
    }
    return now;
  }
}
