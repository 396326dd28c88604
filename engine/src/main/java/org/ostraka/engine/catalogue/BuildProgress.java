package org.ostraka.engine.catalogue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableSize;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;

/** How far a table's index build has come. A table builds one index at a time. Any thread. */
final class BuildProgress {
  private final ScanOrder order;
  private volatile @Nullable IndexBuildPosition position;

  /**
   * Starts from what is stored.
   *
   * @param order the order in which the store scans
   */
  BuildProgress(Optional<IndexBuildPosition> stored, ScanOrder order) {
    this.order = order;
    position = stored.orElse(null);
  }

  /** Returns the position, which is absent before the first step. */
  Optional<IndexBuildPosition> position() {
    return Optional.ofNullable(position);
  }

  /** Notes how far the build has come; nothing when the table does not build an index. */
  void load(Optional<IndexBuildPosition> next) {
    position = next.orElse(null);
  }

  /**
   * Returns whether a write counts its change of an index. The build counts the items that it has
   * yet to read. A write that runs at the same time as a step of the build may be counted twice or
   * not at all; sizes are estimates after a kill as well.
   */
  boolean counts(OpenIndex index, RowKey item) {
    if (!index.isBuilding()) {
      return true;
    }
    IndexBuildPosition reached = position;
    return reached != null
        && reached.index().equals(index.space())
        && reached.hasPassed(item, order);
  }

  /** Adds the entries that the build has made so far to the size of its index. */
  TableSize addedTo(TableSize counted, TableRecord record) {
    IndexBuildPosition reached = position;
    if (reached == null) {
      return counted;
    }
    Map<IndexName, TableSize> indexes = new HashMap<>(counted.indexes());
    record
        .indexes()
        .forEach((name, space) -> {
          if (space.equals(reached.index())) {
            indexes.put(name, counted.ofIndex(name).plus(reached.entries(), reached.sizeBytes()));
          }
        });
    return new TableSize(counted.itemCount(), counted.sizeBytes(), indexes);
  }
}
