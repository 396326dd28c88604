package org.ostraka.identity.policy;

import java.util.List;
import java.util.Optional;

/**
 * One condition of a statement: a key whose values are compared with those of the policy, one of
 * which must fit. Immutable.
 */
public record Condition(ConditionOperator operator, String key, List<ConditionValue> values) {
  public Condition {
    values = List.copyOf(values);
  }

  /** Returns whether the condition holds, in a statement with this effect. */
  boolean holds(RequestContext context, Effect effect) {
    Optional<List<String>> present = context.values(key).filter(each -> !each.isEmpty());
    if (operator.comparison() == Comparison.NULL) {
      return holdsOfAbsence(present.isEmpty());
    }
    if (present.isEmpty()) {
      return operator.holdsWithoutKey();
    }
    boolean all =
        switch (operator.quantifier()) {
          case NONE -> operator.comparison().negated();
          case FOR_ALL_VALUES -> true;
          case FOR_ANY_VALUE -> false;
        };
    return all
        ? present.get().stream().allMatch(value -> fits(value, context, effect))
        : present.get().stream().anyMatch(value -> fits(value, context, effect));
  }

  private boolean holdsOfAbsence(boolean isAbsent) {
    String value = Boolean.toString(isAbsent);
    return values.stream().anyMatch(each -> each.matches(value, RequestContext.EMPTY) == Match.YES);
  }

  private boolean fits(String value, RequestContext context, Effect effect) {
    List<Match> matches = values.stream().map(each -> each.matches(value, context)).toList();
    return Match.anyOf(matches, operator.comparison().negated(), effect);
  }
}
