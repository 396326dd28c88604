package org.ostraka.model;

/** The type of a key attribute, in the words of the API. */
public enum ScalarType {
  S,
  N,
  B
}
