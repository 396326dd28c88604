package org.ostraka.engine.catalogue;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableName;
import org.ostraka.model.TableSize;
import org.ostraka.model.TableStatus;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.Space;

/** A table of the catalogue, as all requests share it. Any thread. */
public final class OpenTable {
  private final Clock clock;
  private final ScanOrder order;
  private final long collectionLimitBytes;
  private final UseCount uses = new UseCount();
  private final SizeCount size;
  private final Map<Space, SizeCount> indexSizes = new ConcurrentHashMap<>();
  private final AtomicReference<View> view;
  private volatile @Nullable IndexBuildPosition build;
  private volatile boolean gone;

  /**
   * Makes the table.
   *
   * @param order the store's
   * @param collectionLimitBytes how large an item collection may be
   */
  OpenTable(CatalogueRows.Stored stored, Clock clock, ScanOrder order, long collectionLimitBytes) {
    this.clock = clock;
    this.order = order;
    this.collectionLimitBytes = collectionLimitBytes;
    this.view = new AtomicReference<>(View.of(stored.record(), stored.record()));
    this.build = stored.build().orElse(null);
    this.size = new SizeCount(stored.size());
    stored
        .record()
        .indexes()
        .forEach(
            (name, space) -> indexSizes.put(space, new SizeCount(stored.size().ofIndex(name))));
  }

  /**
   * A record with what every request asks of it. Immutable.
   *
   * @param stored the record as it was last stored
   * @param now the same record, with its transition behind it once that is over
   */
  private record View(TableRecord stored, TableRecord now, List<OpenIndex> indexes) {
    static View of(TableRecord stored, TableRecord now) {
      return new View(
          stored,
          now,
          now.description().indexes().stream()
              .map(index ->
                  new OpenIndex(index, Objects.requireNonNull(now.indexes().get(index.name()))))
              .toList());
    }
  }

  /** The table's record now; nothing once the table is gone. */
  public Optional<TableRecord> current() {
    return currentView().map(View::now);
  }

  /** The record as it was last stored. */
  public TableRecord stored() {
    return view.get().stored();
  }

  /** Has another record from now on. One thread at a time. */
  void replace(TableRecord next) {
    indexSizes.keySet().retainAll(next.indexes().values());
    next.indexes()
        .values()
        .forEach(space -> indexSizes.computeIfAbsent(space, _ -> new SizeCount(TableSize.EMPTY)));
    if (!next.isBuilding()) {
      build = null;
    }
    view.set(View.of(next, next));
  }

  /** How much the table holds, what an index that is being built got so far included. */
  public TableSize size() {
    TableSize counted = countedSize();
    Map<IndexName, TableSize> indexes = new HashMap<>(counted.indexes());
    IndexBuildPosition position = build;
    if (position != null) {
      stored()
          .indexes()
          .forEach((name, space) -> {
            if (space.equals(position.index())) {
              indexes.put(
                  name, counted.ofIndex(name).plus(position.entries(), position.sizeBytes()));
            }
          });
    }
    indexes.replaceAll((_, index) -> index.atLeastEmpty());
    TableSize own = counted.atLeastEmpty();
    return new TableSize(own.itemCount(), own.sizeBytes(), indexes);
  }

  /** How much the table holds as writes have counted it. */
  TableSize countedSize() {
    return countedSize(stored());
  }

  /**
   * How much the table holds as writes have counted it, and of its indexes those that it has in a
   * record that it may have next: an index that only has the name of an earlier one is empty.
   */
  TableSize countedSize(TableRecord record) {
    Map<IndexName, TableSize> indexes = new HashMap<>();
    record
        .indexes()
        .forEach((name, space) -> {
          SizeCount count = indexSizes.get(space);
          if (count != null && !count.size().equals(TableSize.EMPTY)) {
            indexes.put(name, count.size());
          }
        });
    TableSize own = size.size();
    return new TableSize(own.itemCount(), own.sizeBytes(), indexes);
  }

  /** Begins to use the table's items, unless the table does not serve: then nothing. */
  Optional<Use> use() {
    UseCount.Generation users = uses.enter();
    Optional<View> now = currentView().filter(found -> serves(found.now().description().status()));
    if (now.isEmpty()) {
      users.leave();
      return Optional.empty();
    }
    return Optional.of(new Use(now.get(), users));
  }

  /** Waits until nobody uses the table any more as it was before this call. */
  void settle() {
    uses.settle();
  }

  /** Lets nobody use the table any more, and waits for those who do. */
  void retire() {
    gone = true;
    settle();
  }

  /** How far the building of an index has come, if it has begun. */
  Optional<IndexBuildPosition> build() {
    return Optional.ofNullable(build);
  }

  /** The building of an index has come further. */
  void advance(IndexBuildPosition position) {
    build = position;
  }

  /** Counts what the building of an index has made. */
  void count(IndexBuildPosition position) {
    count(position.index(), position.entries(), position.sizeBytes());
  }

  /** What is counted of an index that the table has no more counts for none. */
  private void count(@Nullable Space index, long entries, long bytes) {
    SizeCount count = index == null ? null : indexSizes.get(index);
    if (count != null) {
      count.add(entries, bytes);
    }
  }

  private Optional<View> currentView() {
    if (gone) {
      return Optional.empty();
    }
    View old = view.get();
    Instant moment = clock.instant();
    if (!old.now().isOver(moment)) {
      return Optional.of(old);
    }
    Optional<View> next = old.now().at(moment).map(record -> View.of(old.stored(), record));
    // What is over is not worked out again; a record that came in between stays.
    next.ifPresent(settled -> view.compareAndSet(old, settled));
    return next;
  }

  private static boolean serves(TableStatus status) {
    return switch (status) {
      case ACTIVE, UPDATING -> true;
      case CREATING, DELETING -> false;
    };
  }

  /** One request's use of a table, which cannot go while it is used. The thread that began it. */
  public final class Use implements AutoCloseable {
    private final View view;
    private final UseCount.Generation users;

    private Use(View view, UseCount.Generation users) {
      this.view = view;
      this.users = users;
    }

    public TableName name() {
      return description().name();
    }

    public TableKey key() {
      return description().key();
    }

    /** Where the table's items lie. */
    public Space items() {
      return view.now().items();
    }

    /** The table's indexes, all of which follow its items. */
    public List<OpenIndex> indexes() {
      return view.indexes();
    }

    /** The index of this name, if the table has it and is not about to lose it. */
    public Optional<OpenIndex> index(String name) {
      return indexes().stream()
          .filter(open -> open.index().name().value().equals(name) && !open.isDeleting())
          .findFirst();
    }

    /** The table's item collections, if it has local indexes. */
    public Optional<OpenCollections> collections() {
      return view.now()
          .collections()
          .map(space -> new OpenCollections(space, collectionLimitBytes));
    }

    /**
     * Whether a change of an item counts for the size of an index: what the building of an index
     * has yet to read it will count itself. A write that meets the building may be counted twice or
     * not at all; sizes are estimates after a kill as well.
     */
    public boolean counts(OpenIndex index, RowKey item) {
      IndexBuildPosition position = build;
      return !index.isBuilding()
          || (position != null
              && position.index().equals(index.space())
              && position.hasPassed(item, order));
    }

    /** Counts what a write changed. */
    public void changed(int items, int bytes) {
      size.add(items, bytes);
    }

    /** Counts what a write changed in an index. */
    public void changed(IndexName index, int entries, int bytes) {
      count(view.now().indexes().get(index), entries, bytes);
    }

    @Override
    public void close() {
      users.leave();
    }

    private TableDescription description() {
      return view.now().description();
    }
  }
}
