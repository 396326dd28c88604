package org.ostraka.expression;

import org.ostraka.model.AttributeValue;

/** One change of an item at one path. Immutable. */
public sealed interface UpdateAction {
  Path path();

  /** Writes a value. */
  record Set(Path path, SetValue value) implements UpdateAction {}

  /** Removes the value, if there is one. */
  record Remove(Path path) implements UpdateAction {}

  /** Adds to a number, or adds elements to a set; writes the value if there is none. */
  record Add(Path path, AttributeValue value) implements UpdateAction {
    public Add {
      AttributeType type = AttributeType.of(value);
      if (type != AttributeType.N && !type.isSet()) {
        throw new IllegalArgumentException("ADD takes a number or a set");
      }
    }
  }

  /** Removes elements from a set; removes the set when none is left. */
  record Delete(Path path, AttributeValue elements) implements UpdateAction {
    public Delete {
      if (!AttributeType.of(elements).isSet()) {
        throw new IllegalArgumentException("DELETE takes a set");
      }
    }
  }
}
