package org.ostraka.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;

/** The union and difference of sets of one type. Stateless. */
final class SetAlgebra {
  private SetAlgebra() {}

  /** Returns the elements of both sets. */
  static AttributeValue union(AttributeValue first, AttributeValue second) {
    if (first instanceof AttributeValue.SS(Set<String> a)
        && second instanceof AttributeValue.SS(Set<String> b)) {
      return new AttributeValue.SS(with(a, b));
    }
    if (first instanceof AttributeValue.NS(Set<BigDecimal> a)
        && second instanceof AttributeValue.NS(Set<BigDecimal> b)) {
      return new AttributeValue.NS(with(a, b));
    }
    if (first instanceof AttributeValue.BS(Set<Bytes> a)
        && second instanceof AttributeValue.BS(Set<Bytes> b)) {
      return new AttributeValue.BS(with(a, b));
    }
    throw new AssertionError("not two sets of one type");
  }

  /** Returns the elements of the first set that the second lacks; null when none is left. */
  static @Nullable AttributeValue difference(AttributeValue first, AttributeValue second) {
    if (first instanceof AttributeValue.SS(Set<String> a)
        && second instanceof AttributeValue.SS(Set<String> b)) {
      Set<String> rest = without(a, b);
      return rest.isEmpty() ? null : new AttributeValue.SS(rest);
    }
    if (first instanceof AttributeValue.NS(Set<BigDecimal> a)
        && second instanceof AttributeValue.NS(Set<BigDecimal> b)) {
      Set<BigDecimal> rest = without(a, b);
      return rest.isEmpty() ? null : new AttributeValue.NS(rest);
    }
    if (first instanceof AttributeValue.BS(Set<Bytes> a)
        && second instanceof AttributeValue.BS(Set<Bytes> b)) {
      Set<Bytes> rest = without(a, b);
      return rest.isEmpty() ? null : new AttributeValue.BS(rest);
    }
    throw new AssertionError("not two sets of one type");
  }

  /** Returns the number of elements of a set. */
  static int size(AttributeValue set) {
    return switch (set) {
      case AttributeValue.SS(Set<String> elements) -> elements.size();
      case AttributeValue.NS(Set<BigDecimal> elements) -> elements.size();
      case AttributeValue.BS(Set<Bytes> elements) -> elements.size();
      default -> throw new AssertionError("not a set");
    };
  }

  static List<AttributeValue> concat(List<AttributeValue> first, List<AttributeValue> second) {
    List<AttributeValue> all = new ArrayList<>(first.size() + second.size());
    all.addAll(first);
    all.addAll(second);
    return all;
  }

  private static <T> Set<T> with(Set<T> first, Set<T> second) {
    Set<T> all = new HashSet<>(first);
    all.addAll(second);
    return all;
  }

  private static <T> Set<T> without(Set<T> first, Set<T> second) {
    Set<T> rest = new HashSet<>(first);
    rest.removeAll(second);
    return rest;
  }
}
