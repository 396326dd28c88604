package org.ostraka.model;

/** The states of a table's time to live, in the words of the API. */
public enum TimeToLiveStatus {
  ENABLING,
  DISABLING,
  ENABLED,
  DISABLED
}
