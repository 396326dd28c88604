package org.ostraka.model;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One value of an attribute, in one of DynamoDB's ten types. Immutable.
 *
 * <p>Sets are never empty. Their elements are sorted, as the service returns them: text by its
 * UTF-8 bytes, numbers by value, binary by its bytes. See "Data types" in the Amazon DynamoDB
 * Developer Guide.
 */
public sealed interface AttributeValue {

  /** Text that has a UTF-8 form: unpaired surrogates are refused. */
  record S(String value) implements AttributeValue {
    public S {
      Utf8.requireEncodable(value);
    }
  }

  /** A decimal number, normalised: see {@link DecimalNumber}. */
  record N(BigDecimal value) implements AttributeValue {
    public N {
      value = DecimalNumber.normalize(value);
    }
  }

  /** Binary data. */
  record B(Bytes value) implements AttributeValue {}

  /** True or false. */
  record Bool(boolean value) implements AttributeValue {}

  /** The null value, which differs from an absent attribute. */
  record Null() implements AttributeValue {}

  /** An ordered list of values of any types. */
  record L(List<AttributeValue> values) implements AttributeValue {
    public L {
      values = List.copyOf(values);
    }
  }

  /** Values by name, in the order in which they were given. */
  record M(Map<String, AttributeValue> values) implements AttributeValue {
    public M {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** A set of texts. */
  record SS(Set<String> values) implements AttributeValue {
    public SS {
      values = sorted(values, Utf8::compare);
      values.forEach(Utf8::requireEncodable);
    }
  }

  /** A set of numbers. */
  record NS(Set<BigDecimal> values) implements AttributeValue {
    public NS {
      values =
          sorted(values.stream().map(DecimalNumber::normalize).toList(), Comparator.naturalOrder());
    }
  }

  /** A set of binary values. */
  record BS(Set<Bytes> values) implements AttributeValue {
    public BS {
      values = sorted(values, Comparator.naturalOrder());
    }
  }

  private static <T> Set<T> sorted(Collection<T> values, Comparator<T> order) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a set attribute holds at least one element");
    }
    return SortedElements.of(values, order);
  }
}
