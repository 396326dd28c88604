package org.ostraka.model;

/** The choice whether a response reports an item collection's size, in the words of the API. */
public enum ReturnItemCollectionMetrics {
  SIZE,
  NONE
}
