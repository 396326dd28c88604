package org.ostraka.expression.partiql;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ostraka.expression.Comparison;
import org.ostraka.expression.KeyTest;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;

/**
 * The range of values of one sort key attribute that pass tests, from one bound to another.
 * Immutable.
 *
 * @param lower the lower bound, empty if there is none
 * @param upper the upper bound, empty if there is none
 */
record SortRange(Optional<Bound> lower, Optional<Bound> upper) {
  private static final SortRange EVERYTHING = new SortRange(Optional.empty(), Optional.empty());

  private record Bound(AttributeValue value, boolean inclusive) {
    KeyTest test(Comparison beyond, Comparison beyondOrAt) {
      return new KeyTest.Compare(inclusive ? beyondOrAt : beyond, value);
    }
  }

  /** Returns the range of values that pass all the tests. */
  static SortRange of(List<KeyTest> tests) {
    SortRange range = EVERYTHING;
    for (KeyTest test : tests) {
      range = range.intersect(of(test));
    }
    return range;
  }

  private static SortRange of(KeyTest test) {
    return switch (test) {
      case KeyTest.Compare(Comparison comparison, AttributeValue value) ->
          switch (comparison) {
            case EQUAL -> new SortRange(bound(value, true), bound(value, true));
            case LESS -> new SortRange(Optional.empty(), bound(value, false));
            case LESS_OR_EQUAL -> new SortRange(Optional.empty(), bound(value, true));
            case GREATER -> new SortRange(bound(value, false), Optional.empty());
            case GREATER_OR_EQUAL -> new SortRange(bound(value, true), Optional.empty());
            case NOT_EQUAL -> EVERYTHING;
          };
      case KeyTest.Between(AttributeValue lower, AttributeValue upper) ->
          new SortRange(bound(lower, true), bound(upper, true));
      case KeyTest.BeginsWith(AttributeValue prefix) ->
          new SortRange(bound(prefix, true), afterPrefix(prefix).map(v -> new Bound(v, false)));
      case KeyTest.NotIndexable _ -> throw new AssertionError("only the older form has such tests");
    };
  }

  /**
   * Returns a test that all values of the range pass, and besides them at most the bounds; empty
   * for a range that is empty or unbounded.
   */
  Optional<KeyTest> test() {
    if (lower.isPresent() && upper.isPresent()) {
      return Optional.of(new KeyTest.Between(lower.get().value(), upper.get().value()))
          .filter(test -> Comparison.LESS_OR_EQUAL.holds(test.lower(), test.upper()))
          .map(KeyTest.class::cast);
    }
    return lower
        .map(bound -> bound.test(Comparison.GREATER, Comparison.GREATER_OR_EQUAL))
        .or(() -> upper.map(bound -> bound.test(Comparison.LESS, Comparison.LESS_OR_EQUAL)));
  }

  private static Optional<Bound> bound(AttributeValue value, boolean inclusive) {
    return Optional.of(new Bound(value, inclusive));
  }

  /** Returns the least value greater than all values with this prefix; empty if there is none. */
  private static Optional<AttributeValue> afterPrefix(AttributeValue prefix) {
    if (prefix instanceof AttributeValue.S(String text)) {
      return afterText(text).map(AttributeValue.S::new);
    }
    if (prefix instanceof AttributeValue.B(Bytes bytes)) {
      return afterBytes(bytes.array()).map(AttributeValue.B::new);
    }
    return Optional.empty();
  }

  private static Optional<String> afterText(String text) {
    int[] codePoints = text.codePoints().toArray();
    for (int last = codePoints.length - 1; last >= 0; last--) {
      if (codePoints[last] < Character.MAX_CODE_POINT) {
        boolean beforeSurrogates = codePoints[last] == Character.MIN_SURROGATE - 1;
        codePoints[last] = beforeSurrogates ? Character.MAX_SURROGATE + 1 : codePoints[last] + 1;
        return Optional.of(new String(codePoints, 0, last + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<Bytes> afterBytes(byte[] bytes) {
    for (int last = bytes.length - 1; last >= 0; last--) {
      if (bytes[last] != (byte) 0xFF) {
        byte[] after = Arrays.copyOf(bytes, last + 1);
        after[last]++;
        return Optional.of(Bytes.wrap(after));
      }
    }
    return Optional.empty();
  }

  private SortRange intersect(SortRange other) {
    return new SortRange(
        tighter(lower, other.lower, Comparison.GREATER),
        tighter(upper, other.upper, Comparison.LESS));
  }

  /**
   * Returns the tighter bound: a bound is tighter when {@code closer} holds between its value and
   * the other's.
   */
  private static Optional<Bound> tighter(
      Optional<Bound> first, Optional<Bound> second, Comparison closer) {
    if (first.isEmpty() || second.isEmpty()) {
      return first.or(() -> second);
    }
    AttributeValue a = first.get().value();
    AttributeValue b = second.get().value();
    if (a.equals(b)) {
      return Optional.of(new Bound(a, first.get().inclusive() && second.get().inclusive()));
    }
    return closer.holds(a, b) ? first : second;
  }

  /** Returns whether some value may be in both ranges. */
  boolean overlaps(SortRange other) {
    SortRange both = intersect(other);
    if (both.lower.isEmpty() || both.upper.isEmpty()) {
      return true;
    }
    Bound low = both.lower.get();
    Bound high = both.upper.get();
    return low.value().equals(high.value())
        ? low.inclusive() && high.inclusive()
        : Comparison.LESS.holds(low.value(), high.value());
  }
}
