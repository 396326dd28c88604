package org.ostraka.server.audit;

/** Which operations on items are recorded. Those on tables always are. */
public enum ItemEvents {
  NONE,
  WRITES,
  ALL
}
