package org.ostraka.model;

/** Which image of an item a write returns, in the words of the API. */
public enum ReturnValues {
  NONE,
  ALL_OLD,
  UPDATED_OLD,
  ALL_NEW,
  UPDATED_NEW
}
