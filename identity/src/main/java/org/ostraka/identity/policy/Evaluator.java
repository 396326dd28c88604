package org.ostraka.identity.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides by policies whether a request is allowed: "Policy evaluation logic" and "Cross-account
 * policy evaluation logic" in the IAM User Guide. Stateless.
 *
 * <p>A statement that denies wins over all that allow. Within an account, either the identity or
 * the resource must be allowed; across accounts, both. A permissions boundary and session policies
 * limit what the identity is allowed, but not what a resource allows it by its own name.
 */
public final class Evaluator {
  private Evaluator() {}

  /**
   * Decides whether a role may be assumed. Its trust policy must allow it by whatever name of the
   * requester; otherwise nothing does, not even the requester's own policies.
   *
   * @param policies with the trust policy as that of the resource
   */
  public static Verdict evaluateTrust(AuthorizationRequest request, Policies policies) {
    Verdict verdict = evaluate(request, policies);
    boolean isTrusted = allowing(request, policies, PolicyKind.RESOURCE).isPresent();
    return verdict.isAllowed() && !isTrusted ? Verdict.missing(PolicyKind.RESOURCE) : verdict;
  }

  /** Decides about a request by the policies that apply to it. */
  public static Verdict evaluate(AuthorizationRequest request, Policies policies) {
    for (PolicyKind kind : PolicyKind.values()) {
      Optional<StatementReference> denial = find(request, policies.of(kind), kind, Effect.DENY);
      if (denial.isPresent()) {
        return Verdict.denied(kind, denial.get());
      }
    }
    return request.isWithinAccount()
        ? withinAccount(request, policies)
        : acrossAccounts(request, policies);
  }

  /**
   * Decides whether the requester's own policies allow a request for a resource of another account,
   * whose policy is judged where the resource is.
   */
  public static Verdict evaluateOwn(AuthorizationRequest request, Policies policies) {
    for (PolicyKind kind : List.of(PolicyKind.IDENTITY, PolicyKind.BOUNDARY, PolicyKind.SESSION)) {
      Optional<StatementReference> denial = find(request, policies.of(kind), kind, Effect.DENY);
      if (denial.isPresent()) {
        return Verdict.denied(kind, denial.get());
      }
    }
    Optional<Verdict> own =
        request.requester() instanceof Requester.Root
            ? Optional.of(Verdict.allowedToRoot())
            : byIdentity(request, policies);
    return own.map(verdict -> limited(verdict, request, policies))
        .orElseGet(() -> Verdict.missing(PolicyKind.IDENTITY));
  }

  /** Decides whether the policy of a resource allows a request from another account. */
  public static Verdict evaluateResource(AuthorizationRequest request, Policies policies) {
    return find(request, policies.of(PolicyKind.RESOURCE), PolicyKind.RESOURCE, Effect.DENY)
        .map(denial -> Verdict.denied(PolicyKind.RESOURCE, denial))
        .orElseGet(() ->
            allowing(request, policies, PolicyKind.RESOURCE)
                .map(statement -> Verdict.allowed(PolicyKind.RESOURCE, statement))
                .orElseGet(() -> Verdict.missing(PolicyKind.RESOURCE)));
  }

  /**
   * Decides about a request as {@link #evaluate} does, and says of each statement whether it
   * applies and why not.
   */
  public static Explanation explain(AuthorizationRequest request, Policies policies) {
    List<StatementOutcome> outcomes = new ArrayList<>();
    for (PolicyKind kind : PolicyKind.values()) {
      for (AttachedPolicy policy : policies.of(kind)) {
        List<Statement> statements = policy.document().statements();
        for (int i = 0; i < statements.size(); i++) {
          outcomes.add(outcome(request, kind, policy, i));
        }
      }
    }
    Set<PolicyKind> present = EnumSet.noneOf(PolicyKind.class);
    for (PolicyKind kind : PolicyKind.values()) {
      if (!policies.of(kind).isEmpty()) {
        present.add(kind);
      }
    }
    return new Explanation(
        evaluate(request, policies), request.isWithinAccount(), present, outcomes);
  }

  private static StatementOutcome outcome(
      AuthorizationRequest request, PolicyKind kind, AttachedPolicy policy, int index) {
    Statement statement = policy.document().statements().get(index);
    List<Mismatch> mismatches = new ArrayList<>();
    Set<Grant> grants = grants(statement, request);
    if (kind == PolicyKind.RESOURCE && grants.isEmpty()) {
      mismatches.add(
          statement
              .principals()
              .map(named -> Mismatch.OfNames.of("Principal", named.negated(), named.names()))
              .orElseGet(() -> Mismatch.OfNames.of("Principal", false, List.of())));
    }
    mismatches.addAll(statement.mismatches(request));
    boolean delegates =
        kind == PolicyKind.RESOURCE
            && statement.effect() == Effect.ALLOW
            && grants.equals(EnumSet.of(Grant.TO_ACCOUNT));
    return new StatementOutcome(
        kind,
        new StatementReference(policy.name(), index, statement.sid()),
        statement.effect(),
        delegates,
        mismatches);
  }

  private static Verdict withinAccount(AuthorizationRequest request, Policies policies) {
    if (request.requester() instanceof Requester.Root) {
      return Verdict.allowedToRoot();
    }
    Optional<StatementReference> direct = grant(request, policies, Grant.TO_IDENTITY);
    if (direct.isPresent()) {
      return Verdict.allowed(PolicyKind.RESOURCE, direct.get());
    }
    Optional<Verdict> bySource =
        grant(request, policies, Grant.TO_SOURCE)
            .map(statement -> Verdict.allowed(PolicyKind.RESOURCE, statement));
    return bySource
        .or(() -> byIdentity(request, policies))
        .map(verdict -> limited(verdict, request, policies))
        .orElseGet(() -> Verdict.missing(PolicyKind.IDENTITY));
  }

  private static Verdict acrossAccounts(AuthorizationRequest request, Policies policies) {
    Optional<Verdict> resource =
        allowing(request, policies, PolicyKind.RESOURCE)
            .map(statement -> Verdict.allowed(PolicyKind.RESOURCE, statement));
    if (resource.isEmpty()) {
      return Verdict.missing(PolicyKind.RESOURCE);
    }
    return switch (request.requester()) {
      case Requester.Root _, Requester.WebIdentity _, Requester.Service _ -> resource.get();
      case Requester.User _, Requester.RoleSession _, Requester.FederatedUser _ ->
          byIdentity(request, policies)
              .map(verdict -> limited(verdict, request, policies))
              .orElseGet(() -> Verdict.missing(PolicyKind.IDENTITY));
    };
  }

  private static Optional<Verdict> byIdentity(AuthorizationRequest request, Policies policies) {
    return allowing(request, policies, PolicyKind.IDENTITY)
        .map(statement -> Verdict.allowed(PolicyKind.IDENTITY, statement));
  }

  /** Returns the verdict, unless a boundary or session policies do not allow the request. */
  private static Verdict limited(Verdict verdict, AuthorizationRequest request, Policies policies) {
    for (PolicyKind limit : List.of(PolicyKind.BOUNDARY, PolicyKind.SESSION)) {
      if (!policies.of(limit).isEmpty() && allowing(request, policies, limit).isEmpty()) {
        return Verdict.missing(limit);
      }
    }
    return verdict;
  }

  private static Optional<StatementReference> allowing(
      AuthorizationRequest request, Policies policies, PolicyKind kind) {
    return find(request, policies.of(kind), kind, Effect.ALLOW);
  }

  /** Finds a statement of the resource that allows the requester by this name. */
  private static Optional<StatementReference> grant(
      AuthorizationRequest request, Policies policies, Grant by) {
    return find(
        request,
        policies.of(PolicyKind.RESOURCE),
        Effect.ALLOW,
        statement -> grants(statement, request).contains(by));
  }

  private static Optional<StatementReference> find(
      AuthorizationRequest request, List<AttachedPolicy> policies, PolicyKind kind, Effect effect) {
    return find(
        request,
        policies,
        effect,
        statement -> kind != PolicyKind.RESOURCE || !grants(statement, request).isEmpty());
  }

  private static Set<Grant> grants(Statement statement, AuthorizationRequest request) {
    return statement
        .principals()
        .map(named -> named.grants(request.requester(), statement.effect()))
        .orElse(Set.of());
  }

  private static Optional<StatementReference> find(
      AuthorizationRequest request,
      List<AttachedPolicy> policies,
      Effect effect,
      Predicate<Statement> concerns) {
    for (AttachedPolicy policy : policies) {
      List<Statement> statements = policy.document().statements();
      for (int i = 0; i < statements.size(); i++) {
        Statement statement = statements.get(i);
        if (statement.effect() == effect && concerns.test(statement) && statement.covers(request)) {
          return Optional.of(new StatementReference(policy.name(), i, statement.sid()));
        }
      }
    }
    return Optional.empty();
  }
}
