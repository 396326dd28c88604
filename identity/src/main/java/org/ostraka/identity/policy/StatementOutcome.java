package org.ostraka.identity.policy;

import java.util.List;

/**
 * What one statement has to say about a request. Immutable.
 *
 * @param delegates whether it allows only what the requester's own policies allow too, since it
 *     names no more than the requester's account
 * @param mismatches why it does not apply; empty when it applies
 */
public record StatementOutcome(
    PolicyKind kind,
    StatementReference statement,
    Effect effect,
    boolean delegates,
    List<Mismatch> mismatches) {
  public StatementOutcome {
    mismatches = List.copyOf(mismatches);
  }

  /** Returns whether the statement applies to the request. */
  public boolean applies() {
    return mismatches.isEmpty();
  }
}
