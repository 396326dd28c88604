package org.ostraka.expression;

import java.util.List;
import org.ostraka.model.AttributeValue;

/** What a key condition asks of one key attribute. Immutable. */
public sealed interface KeyTest {

  /** Any comparator but {@code <>}. */
  record Compare(Comparison comparison, AttributeValue value) implements KeyTest {
    public Compare {
      if (comparison == Comparison.NOT_EQUAL) {
        throw new IllegalArgumentException("no key is found by what it is not");
      }
    }
  }

  /** At least {@code lower} and at most {@code upper}. */
  record Between(AttributeValue lower, AttributeValue upper) implements KeyTest {}

  record BeginsWith(AttributeValue prefix) implements KeyTest {}

  /** True if only one value of the attribute passes. */
  default boolean isEquality() {
    return this instanceof Compare(Comparison comparison, _) && comparison == Comparison.EQUAL;
  }

  /** The values that it names: one or two. */
  default List<AttributeValue> values() {
    return switch (this) {
      case Compare(_, AttributeValue value) -> List.of(value);
      case Between(AttributeValue lower, AttributeValue upper) -> List.of(lower, upper);
      case BeginsWith(AttributeValue prefix) -> List.of(prefix);
    };
  }
}
