package org.ostraka.engine.catalogue;

import java.util.Optional;
import org.ostraka.storage.RowKey;

/**
 * How far a copy of a table's rows to a reader has come. Immutable.
 *
 * @param of names what is copied for whom; a copy of something else cannot go on here
 * @param tombstones whether the items are copied, so that tombstones are next
 * @param after the last row that was copied; empty at the beginning
 */
public record CopyPlace(String of, boolean tombstones, Optional<RowKey> after) {
  /** Returns the beginning of a copy. */
  public static CopyPlace beginning(String of) {
    return new CopyPlace(of, false, Optional.empty());
  }
}
