package org.ostraka.engine.catalogue;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.ostraka.engine.metric.TableMetrics;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableSize;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Origin;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Version;

/** A table of the catalogue, shared by all requests of this server. Any thread. */
public final class OpenTable {
  private final Clock clock;
  private final long collectionLimitBytes;
  private final Origin origin;
  private final UseCount users = new UseCount();
  private final TableSizes sizes;
  private final BuildProgress build;
  private final TableMetrics metrics = new TableMetrics();
  private final AtomicReference<TableState> state;
  private volatile Version version;
  private volatile boolean gone;

  /**
   * Makes the table.
   *
   * @param order the order in which the store scans
   * @param collectionLimitBytes the maximum size of an item collection
   */
  OpenTable(CatalogueRows.Stored stored, Clock clock, ScanOrder order, long collectionLimitBytes) {
    this.clock = clock;
    this.collectionLimitBytes = collectionLimitBytes;
    this.origin = RegionOrigin.of(stored.record().description().arn().owner().region());
    this.sizes = new TableSizes(stored.size());
    this.build = new BuildProgress(stored.build(), order);
    this.version = stored.version();
    this.state = new AtomicReference<>(TableState.of(stored.record(), stored.version()));
  }

  /** Returns the table's record now; empty once the table is deleted. */
  public Optional<TableRecord> current() {
    return currentState().map(TableState::now);
  }

  /** Returns the record as it was last stored. */
  public TableRecord stored() {
    return state.get().stored();
  }

  TableArn arn() {
    return stored().description().arn();
  }

  /**
   * Replaces the table's state with the stored one. One thread at a time.
   *
   * @param next the stored state, which must have been read after the present one
   */
  void load(CatalogueRows.Stored next) {
    sizes.keepIndexesOf(next.record());
    sizes.load(next.size());
    build.load(next.build());
    if (!version.equals(next.version())) {
      version = next.version();
      state.set(TableState.of(next.record(), next.version()));
    }
  }

  /** Returns how much the table holds, including what an index build has made so far. */
  public TableSize size() {
    TableSize counted = build.addedTo(sizes.of(stored()), stored());
    Map<IndexName, TableSize> indexes = new HashMap<>(counted.indexes());
    indexes.replaceAll((_, index) -> index.atLeastEmpty());
    TableSize own = counted.atLeastEmpty();
    return new TableSize(own.itemCount(), own.sizeBytes(), indexes);
  }

  /**
   * Begins to use the table's items; empty when the table does not serve.
   *
   * @param actor who uses the table
   * @param ofServer the guards of every decision of this server
   */
  Optional<TableUse> use(Principal actor, List<Guard> ofServer) {
    UseCount.Generation joined = users.enter();
    Optional<TableState> now = currentState().filter(TableState::serves);
    if (now.isEmpty()) {
      joined.leave();
      return Optional.empty();
    }
    return Optional.of(new TableUse(this, now.get(), joined, actor, ofServer));
  }

  /** Begins to fill the table; empty when it is neither being restored nor imported. */
  Optional<TableUse> restore(Principal actor, List<Guard> ofServer) {
    UseCount.Generation joined = users.enter();
    Optional<TableState> now =
        currentState().filter(state -> state.now().recovery().isBeingFilled());
    if (now.isEmpty()) {
      joined.leave();
      return Optional.empty();
    }
    return Optional.of(new TableUse(this, now.get(), joined, actor, ofServer));
  }

  /** Returns the indexes of the table that are to be built now; empty when it does not serve. */
  List<Build> builds(Store store, Instant now) {
    List<Build> builds = new ArrayList<>();
    currentState()
        .filter(TableState::serves)
        .map(TableState::now)
        .ifPresent(record -> {
          record.description().globalIndexes().stream()
              .filter(GlobalIndex::isBackfilling)
              .forEach(index -> builds.add(IndexBuild.of(this, record, index, now)));
          record
              .timeToLive()
              .filter(TimeToLive::isBuilding)
              .ifPresent(timeToLive -> builds.add(new ExpiryBuild(store, this, timeToLive, now)));
        });
    return builds;
  }

  /** Waits until every use that began before this call has ended. */
  void awaitUsers() {
    users.awaitEarlier();
  }

  /** Refuses further uses, because the table is no longer stored. */
  void retire() {
    gone = true;
  }

  Origin origin() {
    return origin;
  }

  /** Returns what is counted of the table while it is used. */
  public TableMetrics metrics() {
    return metrics;
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
    // Do not replace a record that was stored meanwhile.
    if (now.isPresent() && !now.get().equals(old)) {
      state.compareAndSet(old, now.get());
    }
    return now;
  }
}
