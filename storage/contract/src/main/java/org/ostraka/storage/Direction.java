package org.ostraka.storage;

/** The way a cursor travels through its range. */
public enum Direction {
  FORWARD,
  BACKWARD
}
