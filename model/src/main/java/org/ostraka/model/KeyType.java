package org.ostraka.model;

/** The part that an attribute plays in a key, in the words of the API. */
public enum KeyType {
  HASH,
  RANGE
}
