package org.ostraka.identity.policy;

import java.util.Optional;

/** A value in a condition of a policy, ready to be compared. Immutable. */
public final class ConditionValue {
  private final String text;
  private final ValueTest test;

  private ConditionValue(String text, ValueTest test) {
    this.text = text;
    this.test = test;
  }

  /**
   * Reads a value for an operator in a document of this version; empty when it is none that the
   * operator can compare.
   */
  public static Optional<ConditionValue> of(
      String text, ConditionOperator operator, LanguageVersion version) {
    return ValueTest.of(text, operator.comparison().kind(), version)
        .map(test -> new ConditionValue(text, test));
  }

  /** Returns whether the value of a request fits, before a negation. */
  Match matches(String value, RequestContext context) {
    return test.matches(value, context);
  }

  @Override
  public String toString() {
    return text;
  }
}
