package org.ostraka.model;

/** The image of an item that a write returns, in the words of the API. */
public enum ReturnValues {
  NONE,
  ALL_OLD,
  UPDATED_OLD,
  ALL_NEW,
  UPDATED_NEW
}
