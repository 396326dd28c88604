package org.ostraka.model;

/** The type of a key attribute, in the words of the API. */
public enum ScalarType {
  S,
  N,
  B;

  /** Returns whether a value is of this type. */
  public boolean isOf(AttributeValue value) {
    return switch (this) {
      case S -> value instanceof AttributeValue.S;
      case N -> value instanceof AttributeValue.N;
      case B -> value instanceof AttributeValue.B;
    };
  }
}
