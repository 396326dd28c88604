package org.ostraka.model;

/** Whether a response tells an item collection's size, in the words of the API. */
public enum ReturnItemCollectionMetrics {
  SIZE,
  NONE
}
