package org.ostraka.expression.partiql;

import java.util.List;
import java.util.Optional;
import org.ostraka.expression.Comparison;
import org.ostraka.expression.Condition;
import org.ostraka.expression.KeyTest;
import org.ostraka.expression.Operand;
import org.ostraka.expression.Path;
import org.ostraka.model.AttributeValue;

/** A condition on one top-level attribute that a key condition can express. Immutable. */
record KeyLeaf(String attribute, KeyTest test) {

  /**
   * Returns the condition's leaves: one for each value of an IN, one for any other test of a key;
   * empty for other conditions.
   */
  static List<KeyLeaf> of(Condition condition) {
    return switch (condition) {
      case Condition.Compare(Comparison comparison, Operand left, Operand right) ->
          compare(comparison, left, right).stream().toList();
      case Condition.Between(Operand operand, Operand lower, Operand upper) ->
          attribute(operand)
              .flatMap(name ->
                  literal(lower)
                      .flatMap(low -> literal(upper).map(high -> new KeyTest.Between(low, high)))
                      .map(test -> new KeyLeaf(name, test)))
              .stream()
              .toList();
      case Condition.BeginsWith(Operand operand, Operand prefix) ->
          attribute(operand)
              .flatMap(name ->
                  literal(prefix).map(value -> new KeyLeaf(name, new KeyTest.BeginsWith(value))))
              .stream()
              .toList();
      case Condition.In(Operand operand, List<Operand> candidates) -> in(operand, candidates);
      case Condition.And _, Condition.Or _, Condition.Not _ -> List.of();
      case Condition.AttributeExists _, Condition.AttributeNotExists _ -> List.of();
      case Condition.HasType _, Condition.Contains _ -> List.of();
    };
  }

  private static Optional<KeyLeaf> compare(Comparison comparison, Operand left, Operand right) {
    if (comparison == Comparison.NOT_EQUAL) {
      return Optional.empty();
    }
    return leaf(comparison, left, right).or(() -> leaf(comparison.mirrored(), right, left));
  }

  private static Optional<KeyLeaf> leaf(Comparison comparison, Operand operand, Operand value) {
    return attribute(operand)
        .flatMap(name ->
            literal(value)
                .map(literal -> new KeyLeaf(name, new KeyTest.Compare(comparison, literal))));
  }

  private static List<KeyLeaf> in(Operand operand, List<Operand> candidates) {
    Optional<String> attribute = attribute(operand);
    boolean literals = candidates.stream().allMatch(Operand.Literal.class::isInstance);
    if (attribute.isEmpty() || !literals) {
      return List.of();
    }
    return candidates.stream()
        .flatMap(candidate -> leaf(Comparison.EQUAL, operand, candidate).stream())
        .toList();
  }

  private static Optional<String> attribute(Operand operand) {
    return operand instanceof Operand.Attribute(Path path) && !path.isNested()
        ? Optional.of(path.attribute())
        : Optional.empty();
  }

  private static Optional<AttributeValue> literal(Operand operand) {
    return operand instanceof Operand.Literal(AttributeValue value)
        ? Optional.of(value)
        : Optional.empty();
  }

  boolean isEquality() {
    return test.isEquality();
  }

  /** Returns the value of an equality. */
  AttributeValue value() {
    return test.values().getFirst();
  }

  /** Returns the leaf as a condition. */
  Condition condition() {
    Operand operand = Operand.attribute(attribute);
    return switch (test) {
      case KeyTest.Compare(Comparison comparison, AttributeValue value) ->
          new Condition.Compare(comparison, operand, new Operand.Literal(value));
      case KeyTest.Between(AttributeValue lower, AttributeValue upper) ->
          new Condition.Between(operand, new Operand.Literal(lower), new Operand.Literal(upper));
      case KeyTest.BeginsWith(AttributeValue prefix) ->
          new Condition.BeginsWith(operand, new Operand.Literal(prefix));
      case KeyTest.NotIndexable _ -> throw new AssertionError("only the older form has such tests");
    };
  }
}
