package org.ostraka.identity.policy;

import java.util.List;
import java.util.Set;

/**
 * A verdict and what each statement had to say. Immutable.
 *
 * @param isWithinAccount whether requester and resource belong to the same account; otherwise both
 *     the identity and the resource must be allowed
 * @param present the kinds of policies that there are
 */
public record Explanation(
    Verdict verdict,
    boolean isWithinAccount,
    Set<PolicyKind> present,
    List<StatementOutcome> outcomes) {
  public Explanation {
    present = Set.copyOf(present);
    outcomes = List.copyOf(outcomes);
  }

  /** What the policies of one kind say together. */
  public enum Part {
    ALLOWED,
    EXPLICITLY_DENIED,
    NOT_ALLOWED
  }

  /** Returns what the policies of a kind say. */
  public Part part(PolicyKind kind) {
    if (applies(kind, Effect.DENY)) {
      return Part.EXPLICITLY_DENIED;
    }
    return applies(kind, Effect.ALLOW) ? Part.ALLOWED : Part.NOT_ALLOWED;
  }

  private boolean applies(PolicyKind kind, Effect effect) {
    return outcomes.stream()
        .anyMatch(each -> each.kind() == kind && each.effect() == effect && each.applies());
  }

  /**
   * Returns the statements that determine the verdict: all that deny; if none does, all that allow.
   * Empty when the request is not allowed and no statement denies it.
   */
  public List<StatementOutcome> determining() {
    return switch (verdict.outcome()) {
      case ALLOWED -> applying(Effect.ALLOW);
      case EXPLICITLY_DENIED -> applying(Effect.DENY);
      case NOT_ALLOWED -> List.of();
    };
  }

  private List<StatementOutcome> applying(Effect effect) {
    return outcomes.stream().filter(each -> each.applies() && each.effect() == effect).toList();
  }
}
