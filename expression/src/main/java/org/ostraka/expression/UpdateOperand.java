package org.ostraka.expression;

import java.util.stream.Stream;
import org.ostraka.model.AttributeValue;

/** What the value of a SET is made of. Immutable. */
public sealed interface UpdateOperand {

  /** The paths that are read. */
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

  /** What the item had at this path before the update. */
  record Attribute(Path path) implements UpdateOperand {}

  /** A value that the request gave. */
  record Literal(AttributeValue value) implements UpdateOperand {}

  /** What the item had at the path, or otherwise another operand. */
  record IfNotExists(Path path, UpdateOperand otherwise) implements UpdateOperand {}

  /** The elements of one list and then of another. */
  record ListAppend(UpdateOperand first, UpdateOperand second) implements UpdateOperand {}
}
