package org.ostraka.identity.policy;

import java.util.Optional;

/**
 * The answer to a request for authorization, and why. Immutable.
 *
 * @param kind the kind of policy that allows or denies, or that would have to allow; absent when an
 *     account's root user needs none
 * @param statement the statement that allows or denies; absent when there is none
 */
public record Verdict(
    Outcome outcome, Optional<PolicyKind> kind, Optional<StatementReference> statement) {
  /** How it was decided. */
  public enum Outcome {
    ALLOWED,
    /** A statement denies. */
    EXPLICITLY_DENIED,
    /** A kind of policy does not allow. */
    NOT_ALLOWED
  }

  static Verdict allowed(PolicyKind kind, StatementReference statement) {
    return new Verdict(Outcome.ALLOWED, Optional.of(kind), Optional.of(statement));
  }

  static Verdict allowedToRoot() {
    return new Verdict(Outcome.ALLOWED, Optional.empty(), Optional.empty());
  }

  static Verdict denied(PolicyKind kind, StatementReference statement) {
    return new Verdict(Outcome.EXPLICITLY_DENIED, Optional.of(kind), Optional.of(statement));
  }

  static Verdict missing(PolicyKind kind) {
    return new Verdict(Outcome.NOT_ALLOWED, Optional.of(kind), Optional.empty());
  }

  public boolean isAllowed() {
    return outcome == Outcome.ALLOWED;
  }

  /**
   * Returns the service's message to a caller whose request is denied: "Troubleshoot access denied
   * error messages" in the IAM User Guide.
   */
  public String denial(AuthorizationRequest request) {
    PolicyKind named = kind.orElseThrow(() -> new IllegalStateException("the root is allowed"));
    String because =
        switch (outcome) {
          case EXPLICITLY_DENIED -> "with an explicit deny in " + named.oneOf();
          case NOT_ALLOWED -> "because no " + named + " allows the " + request.action() + " action";
          case ALLOWED -> throw new IllegalStateException("the request is allowed");
        };
    return "User: "
        + request.requester().arn()
        + " is not authorized to perform: "
        + request.action()
        + " on resource: "
        + request.resource()
        + " "
        + because;
  }
}
