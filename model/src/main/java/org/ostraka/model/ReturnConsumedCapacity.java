package org.ostraka.model;

/** How much of the consumed capacity a response tells, in the words of the API. */
public enum ReturnConsumedCapacity {
  INDEXES,
  TOTAL,
  NONE
}
