package org.ostraka.identity.policy;

import java.util.List;
import java.util.Optional;

/** Why a statement does not apply to a request. Its text is the end of a sentence. Immutable. */
public sealed interface Mismatch {
  /**
   * An element that names the principals, actions or resources of the statement, which are others.
   *
   * @param element such as {@code NotAction}
   * @param names the names as the statement has them
   */
  record OfNames(String element, List<String> names) implements Mismatch {
    public OfNames {
      names = List.copyOf(names);
    }

    static OfNames of(String element, boolean negated, List<?> names) {
      return new OfNames(
          (negated ? "Not" : "") + element, names.stream().map(OfNames::text).toList());
    }

    private static String text(Object name) {
      return name instanceof PrincipalName principal ? principal.text() : name.toString();
    }

    @Override
    public String toString() {
      return element + " is " + String.join(", ", names);
    }
  }

  /**
   * A condition that does not hold.
   *
   * @param expected the values of the statement, with their variables
   * @param given the values of the request; empty when it does not have the key
   */
  record OfCondition(
      String operator, String key, List<String> expected, Optional<List<String>> given)
      implements Mismatch {
    public OfCondition {
      expected = List.copyOf(expected);
      given = given.map(List::copyOf);
    }

    static OfCondition of(Condition condition, RequestContext context) {
      return new OfCondition(
          condition.operator().toString(),
          condition.key(),
          condition.values().stream().map(ConditionValue::toString).toList(),
          context.values(condition.key()));
    }

    @Override
    public String toString() {
      return operator
          + " expects "
          + key
          + " "
          + String.join(", ", expected)
          + " and the request has "
          + given.map(values -> String.join(", ", values)).orElse("no such key");
    }
  }
}
