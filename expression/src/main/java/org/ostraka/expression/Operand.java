package org.ostraka.expression;

import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.model.AttributeValue;

/** A value that a condition compares. Immutable. */
public sealed interface Operand {

  /** The value of an item at a path, which may be absent. */
  record Attribute(Path path) implements Operand {}

  /** A value that the request gave. */
  record Literal(AttributeValue value) implements Operand {}

  /** The size of another operand, as a number: see {@link ConditionEvaluation}. */
  record Size(Operand of) implements Operand {}

  /** The result of a condition as a boolean: only PartiQL compares it. */
  record Truth(Condition of) implements Operand {}

  static Operand attribute(String name) {
    return new Attribute(Path.of(name));
  }

  /** Returns the type that the operand has for every item; empty if it depends on the item. */
  default Optional<AttributeType> fixedType() {
    return switch (this) {
      case Attribute _ -> Optional.empty();
      case Literal(AttributeValue value) -> Optional.of(AttributeType.of(value));
      case Size _ -> Optional.of(AttributeType.N);
      case Truth _ -> Optional.of(AttributeType.BOOL);
    };
  }

  /** Returns the paths within the operand, in the order in which they are written. */
  default Stream<Path> paths() {
    return switch (this) {
      case Attribute(Path path) -> Stream.of(path);
      case Literal _ -> Stream.empty();
      case Size(Operand of) -> of.paths();
      case Truth(Condition of) -> of.paths();
    };
  }
}
