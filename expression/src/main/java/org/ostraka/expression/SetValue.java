package org.ostraka.expression;

import java.util.stream.Stream;

/** The value of a SET: an operand, or two with one operator between. Immutable. */
public sealed interface SetValue {

  /** Returns the paths that are read. */
  default Stream<Path> paths() {
    return switch (this) {
      case Plain(UpdateOperand operand) -> operand.paths();
      case Sum(UpdateOperand left, UpdateOperand right) ->
          Stream.concat(left.paths(), right.paths());
      case Difference(UpdateOperand left, UpdateOperand right) ->
          Stream.concat(left.paths(), right.paths());
    };
  }

  record Plain(UpdateOperand operand) implements SetValue {}

  record Sum(UpdateOperand left, UpdateOperand right) implements SetValue {}

  record Difference(UpdateOperand left, UpdateOperand right) implements SetValue {}
}
