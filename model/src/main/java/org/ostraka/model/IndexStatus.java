package org.ostraka.model;

/** The states of a global index, in the words of the API. */
public enum IndexStatus {
  CREATING,
  UPDATING,
  ACTIVE,
  DELETING
}
