package org.ostraka.model;

/** Where a global index is in its life, in the words of the API. */
public enum IndexStatus {
  CREATING,
  UPDATING,
  ACTIVE,
  DELETING
}
