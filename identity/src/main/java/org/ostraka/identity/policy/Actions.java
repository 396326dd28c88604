package org.ostraka.identity.policy;

import java.util.List;

/**
 * The actions of a statement. Immutable.
 *
 * @param negated whether these are all actions but the named ones (NotAction)
 */
public record Actions(boolean negated, List<ActionPattern> patterns) {
  public Actions {
    patterns = List.copyOf(patterns);
  }

  boolean cover(String action) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(action)) != negated;
  }
}
