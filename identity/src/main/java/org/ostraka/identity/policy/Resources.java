package org.ostraka.identity.policy;

import java.util.List;

/**
 * The resources of a statement, by patterns of their ARNs. Immutable.
 *
 * @param negated whether these are all resources but the named ones (NotResource)
 */
public record Resources(boolean negated, List<ResourcePattern> patterns) {
  public Resources {
    patterns = List.copyOf(patterns);
  }

  boolean cover(AuthorizationRequest request, Effect effect) {
    List<Match> matches =
        patterns.stream()
            .map(pattern -> pattern.matches(request.resource(), request.context()))
            .toList();
    return Match.anyOf(matches, negated, effect);
  }
}
