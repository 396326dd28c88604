package org.ostraka.model;

/** The states of a table, in the words of the API. */
public enum TableStatus {
  CREATING,
  UPDATING,
  DELETING,
  ACTIVE,
  INACCESSIBLE_ENCRYPTION_CREDENTIALS
}
