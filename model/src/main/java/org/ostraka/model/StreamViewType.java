package org.ostraka.model;

/** What the records of a stream show of a changed item besides its key. */
public enum StreamViewType {
  KEYS_ONLY,
  NEW_IMAGE,
  OLD_IMAGE,
  NEW_AND_OLD_IMAGES;

  /** Returns whether records show the item after the change. */
  public boolean hasNew() {
    return this == NEW_IMAGE || this == NEW_AND_OLD_IMAGES;
  }

  /** Returns whether records show the item before the change. */
  public boolean hasOld() {
    return this == OLD_IMAGE || this == NEW_AND_OLD_IMAGES;
  }
}
