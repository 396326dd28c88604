package org.ostraka.expression;

import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.model.AttributeValue;

/** What a condition compares. Immutable. */
public sealed interface Operand {

  /** What an item has at a path, if anything. */
  record Attribute(Path path) implements Operand {}

  /** A value that the request gave. */
  record Literal(AttributeValue value) implements Operand {}

  /** The size of another operand, as a number: see {@link ConditionEvaluation}. */
  record Size(Operand of) implements Operand {}

  /** Whether a condition holds, as a boolean: only PartiQL compares that with something. */
  record Truth(Condition of) implements Operand {}

  static Operand attribute(String name) {
    return new Attribute(Path.of(name));
  }

  /** The type that the operand has whatever the item, where there is one. */
  default Optional<AttributeType> fixedType() {
    return switch (this) {
      case Attribute _ -> Optional.empty();
      case Literal(AttributeValue value) -> Optional.of(AttributeType.of(value));
      case Size _ -> Optional.of(AttributeType.N);
      case Truth _ -> Optional.of(AttributeType.BOOL);
    };
  }

  /** The paths within the operand, in the order in which they are written. */
  default Stream<Path> paths() {
    return switch (this) {
      case Attribute(Path path) -> Stream.of(path);
      case Literal _ -> Stream.empty();
      case Size(Operand of) -> of.paths();
      case Truth(Condition of) -> of.paths();
    };
  }
}
