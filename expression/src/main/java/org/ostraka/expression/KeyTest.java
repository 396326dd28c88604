package org.ostraka.expression;

import java.util.List;
import org.ostraka.model.AttributeValue;

/** A test of one key attribute in a key condition. Immutable. */
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

  /** A test of the older form that cannot find keys: it is refused when its turn comes. */
  record NotIndexable(List<AttributeValue> values) implements KeyTest {
    public NotIndexable {
      values = List.copyOf(values);
    }
  }

  /** Returns whether only one value of the attribute passes. */
  default boolean isEquality() {
    return this instanceof Compare(Comparison comparison, _) && comparison == Comparison.EQUAL;
  }

  /** Returns the values that it names: one or two, unless it is not indexable. */
  default List<AttributeValue> values() {
    return switch (this) {
      case Compare(_, AttributeValue value) -> List.of(value);
      case Between(AttributeValue lower, AttributeValue upper) -> List.of(lower, upper);
      case BeginsWith(AttributeValue prefix) -> List.of(prefix);
      case NotIndexable(List<AttributeValue> values) -> values;
    };
  }
}
