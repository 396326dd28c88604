package org.ostraka.model;

/** The detail in which a response reports consumed capacity, in the words of the API. */
public enum ReturnConsumedCapacity {
  INDEXES,
  TOTAL,
  NONE
}
