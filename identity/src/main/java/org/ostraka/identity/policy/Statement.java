package org.ostraka.identity.policy;

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
}
