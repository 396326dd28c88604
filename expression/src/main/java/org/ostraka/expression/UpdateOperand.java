package org.ostraka.expression;

import java.util.stream.Stream;
import org.ostraka.model.AttributeValue;

/** An operand in the value of a SET. Immutable. */
public sealed interface UpdateOperand {

  /** Returns the paths that are read. */
  default Stream<Path> paths() {
    return switch (this) {
      case Attribute(Path path) -> Stream.of(path);
      case Literal _ -> Stream.empty();
      case IfNotExists(Path path, UpdateOperand otherwise) ->
          Stream.concat(Stream.of(path), otherwise.paths());
      case ListAppend(UpdateOperand first, UpdateOperand second) ->
          Stream.concat(first.paths(), second.paths());
    };
  }

  /** The item's value at this path before the update. */
  record Attribute(Path path) implements UpdateOperand {}

  /** A value that the request gave. */
  record Literal(AttributeValue value) implements UpdateOperand {}

  /** The item's value at the path before the update, or another operand if it is absent. */
  record IfNotExists(Path path, UpdateOperand otherwise) implements UpdateOperand {}

  /** The elements of one list followed by those of another. */
  record ListAppend(UpdateOperand first, UpdateOperand second) implements UpdateOperand {}
}
