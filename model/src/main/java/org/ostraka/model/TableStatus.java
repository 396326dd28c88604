package org.ostraka.model;

/** Where a table stands in its life, in the words of the API. */
public enum TableStatus {
  CREATING,
  UPDATING,
  DELETING,
  ACTIVE
}
