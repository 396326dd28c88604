package org.ostraka.model;

/** The precision of the times in the records that are sent to a Kinesis data stream. */
public enum TimePrecision {
  MILLISECOND,
  MICROSECOND
}
