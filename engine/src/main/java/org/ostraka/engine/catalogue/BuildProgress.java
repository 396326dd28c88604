package org.ostraka.engine.catalogue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableSize;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;

/** The progress of a table's index build. A table builds one index at a time. Any thread. */
final class BuildProgress {
  private final ScanOrder order;
  private volatile @Nullable IndexBuildPosition position;

  /**
   * Makes the progress from the stored position.
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

  /** Replaces the position; an empty one says that the table builds no index. */
  void load(Optional<IndexBuildPosition> next) {
    position = next.orElse(null);
  }

  /**
   * Returns whether a write has to count its change of an index. It does not for items that the
   * build has yet to read, since the build counts those. A write that runs at the same time as a
   * step of the build may be counted twice or not at all; sizes are estimates after a kill as well.
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
