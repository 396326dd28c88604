package org.ostraka.identity.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A condition operator, such as {@code ForAllValues:StringLikeIfExists}. Immutable.
 *
 * @param ifExists whether the condition holds when the request does not have the key
 */
public record ConditionOperator(Quantifier quantifier, Comparison comparison, boolean ifExists) {
  private static final String IF_EXISTS = "IfExists";

  public ConditionOperator {
    if (comparison == Comparison.NULL && (ifExists || quantifier != Quantifier.NONE)) {
      throw new IllegalArgumentException("Null has neither a quantifier nor IfExists");
    }
  }

  /** Returns the operator with this name, in any letter case; empty if there is none. */
  public static Optional<ConditionOperator> of(String name) {
    Quantifier quantifier =
        Arrays.stream(Quantifier.values())
            .filter(each -> each != Quantifier.NONE && startsWith(name, each.prefix()))
            .findFirst()
            .orElse(Quantifier.NONE);
    String rest = name.substring(quantifier.prefix().length());
    boolean ifExists = rest.toLowerCase(Locale.ROOT).endsWith(IF_EXISTS.toLowerCase(Locale.ROOT));
    String operator = ifExists ? rest.substring(0, rest.length() - IF_EXISTS.length()) : rest;
    return Arrays.stream(Comparison.values())
        .filter(each -> each.operator().equalsIgnoreCase(operator))
        .filter(each -> each != Comparison.NULL || (!ifExists && quantifier == Quantifier.NONE))
        .findFirst()
        .map(comparison -> new ConditionOperator(quantifier, comparison, ifExists));
  }

  private static boolean startsWith(String text, String prefix) {
    return text.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  /** Returns whether the condition holds when the request does not have the key. */
  boolean holdsWithoutKey() {
    return ifExists
        || switch (quantifier) {
          case NONE -> comparison.negated();
          case FOR_ALL_VALUES -> true;
          case FOR_ANY_VALUE -> false;
        };
  }

  /**
   * Returns whether the condition holds only for requests that have the key with one of its values.
   */
  public boolean bounds() {
    return !ifExists
        && !comparison.negated()
        && comparison != Comparison.NULL
        && quantifier != Quantifier.FOR_ALL_VALUES;
  }

  @Override
  public String toString() {
    return quantifier.prefix() + comparison.operator() + (ifExists ? IF_EXISTS : "");
  }
}
