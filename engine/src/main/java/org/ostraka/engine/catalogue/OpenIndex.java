package org.ostraka.engine.catalogue;

import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Index;
import org.ostraka.model.IndexStatus;
import org.ostraka.storage.Space;

/**
 * An index of a table in use. Immutable.
 *
 * @param space where the index's rows lie
 */
public record OpenIndex(Index index, Space space) {
  /** Whether the index is being added, and does not have all items yet. */
  public boolean isBuilding() {
    return index instanceof GlobalIndex global && global.backfilling().isPresent();
  }

  /** Whether the index is on its way out, which for a reader means that it is gone. */
  public boolean isDeleting() {
    return index instanceof GlobalIndex global && global.status() == IndexStatus.DELETING;
  }
}
