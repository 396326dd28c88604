package org.ostraka.identity.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One statement of a policy. Immutable.
 *
 * @param principals whom it applies to; absent in policies of identities, which apply to the
 *     identity that they are attached to
 * @param resources what it applies to; absent in trust policies of roles, which apply to the role
 * @param conditions all of them must hold for the statement to apply
 */
public record Statement(
    Optional<String> sid,
    Effect effect,
    Optional<Principals> principals,
    Actions actions,
    Optional<Resources> resources,
    List<Condition> conditions) {
  public Statement {
    conditions = List.copyOf(conditions);
  }

  /** Returns whether action, resource and conditions fit; the principal is judged elsewhere. */
  boolean covers(AuthorizationRequest request) {
    return actions.cover(request.action())
        && resources.map(named -> named.cover(request, effect)).orElse(true)
        && conditions.stream().allMatch(each -> each.holds(request.context(), effect));
  }

  /** Returns why {@link #covers} is false; empty when it is true. */
  List<Mismatch> mismatches(AuthorizationRequest request) {
    List<Mismatch> found = new ArrayList<>();
    if (!actions.cover(request.action())) {
      found.add(Mismatch.OfNames.of("Action", actions.negated(), actions.patterns()));
    }
    resources
        .filter(named -> !named.cover(request, effect))
        .ifPresent(
            named -> found.add(Mismatch.OfNames.of("Resource", named.negated(), named.patterns())));
    for (Condition condition : conditions) {
      if (!condition.holds(request.context(), effect)) {
        found.add(Mismatch.OfCondition.of(condition, request.context()));
      }
    }
    return found;
  }
}
