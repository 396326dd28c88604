package org.ostraka.expression;

import org.ostraka.model.AttributeValue;

/** What the value of a SET is made of. Immutable. */
public sealed interface UpdateOperand {

  /** What the item had at this path before the update. */
  record Attribute(Path path) implements UpdateOperand {}

  /** A value that the request gave. */
  record Literal(AttributeValue value) implements UpdateOperand {}

  /** What the item had at the path, or otherwise another operand. */
  record IfNotExists(Path path, UpdateOperand otherwise) implements UpdateOperand {}

  /** The elements of one list and then of another. */
  record ListAppend(UpdateOperand first, UpdateOperand second) implements UpdateOperand {}
}
