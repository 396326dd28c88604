package org.ostraka.expression;

/** The value of a SET: an operand, or two with one operator between. Immutable. */
public sealed interface SetValue {

  record Plain(UpdateOperand operand) implements SetValue {}

  record Sum(UpdateOperand left, UpdateOperand right) implements SetValue {}

  record Difference(UpdateOperand left, UpdateOperand right) implements SetValue {}
}
