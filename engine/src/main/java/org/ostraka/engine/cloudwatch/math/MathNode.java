package org.ostraka.engine.cloudwatch.math;

import java.util.List;

/** A part of an expression. Immutable. */
sealed interface MathNode {
  /** A number. */
  record Constant(double value) implements MathNode {}

  /** A text in quotes. */
  record Text(String value) implements MathNode {}

  /** The id of another query. */
  record Reference(String id) implements MathNode {}

  /** A function with its arguments. */
  record Call(String function, List<MathNode> arguments) implements MathNode {}

  /** Several values in brackets. */
  record Several(List<MathNode> elements) implements MathNode {}

  /** An operator between two values. */
  record Binary(Operator operator, MathNode left, MathNode right) implements MathNode {}

  /** The negative of a value. */
  record Negative(MathNode of) implements MathNode {}
}
