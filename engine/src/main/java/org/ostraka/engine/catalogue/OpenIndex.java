package org.ostraka.engine.catalogue;

import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Index;
import org.ostraka.model.IndexStatus;
import org.ostraka.storage.Space;

/**
 * An index of a table in use. Immutable.
 *
 * @param space the space of the index's rows
 */
public record OpenIndex(Index index, Space space) {
  /** Returns whether the index is being added and does not have all items yet. */
  public boolean isBuilding() {
    return index instanceof GlobalIndex global && global.backfilling().isPresent();
  }

  /** Returns whether the index is being deleted; for a reader it no longer exists. */
  public boolean isDeleting() {
    return index instanceof GlobalIndex global && global.status() == IndexStatus.DELETING;
  }
}
