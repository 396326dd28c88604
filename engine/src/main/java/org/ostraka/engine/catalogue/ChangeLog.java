package org.ostraka.engine.catalogue;

import org.ostraka.storage.LogId;
import org.ostraka.storage.Space;

/**
 * The log in which a table records the changes of its items. Immutable.
 *
 * @param space the space of its records
 * @param images what a record shows of the item besides its key
 */
public record ChangeLog(Space space, Images images) {
  /** What a record of a change shows of the item besides its key. */
  public enum Images {
    KEYS_ONLY,
    NEW_IMAGE,
    OLD_IMAGE,
    NEW_AND_OLD_IMAGES;

    public boolean hasNew() {
      return this == NEW_IMAGE || this == NEW_AND_OLD_IMAGES;
    }

    public boolean hasOld() {
      return this == OLD_IMAGE || this == NEW_AND_OLD_IMAGES;
    }
  }

  public LogId id() {
    return new LogId(space);
  }
}
