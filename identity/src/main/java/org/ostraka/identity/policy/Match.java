package org.ostraka.identity.policy;

import java.util.List;

/** Whether a text fits what a policy says of it. */
enum Match {
  YES,
  NO,
  /** The policy has a variable that has no value in this request. */
  UNKNOWN;

  static Match of(boolean fits) {
    return fits ? YES : NO;
  }

  /**
   * Returns whether any of several alternatives fits, or, when negated, whether none does.
   *
   * <p>A text with a variable that has no value fits nothing. Under a negation that would grant
   * access because a value is missing, so an Allow does not count then; a Deny does.
   */
  static boolean anyOf(List<Match> matches, boolean negated, Effect effect) {
    if (matches.contains(YES)) {
      return !negated;
    }
    return negated && (effect == Effect.DENY || !matches.contains(UNKNOWN));
  }
}
