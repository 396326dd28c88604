package org.ostraka.engine.gate;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.catalogue.ResourcePolicy;
import org.ostraka.identity.policy.AttachedPolicy;
import org.ostraka.identity.policy.AuthorizationRequest;
import org.ostraka.identity.policy.ContextKeys;
import org.ostraka.identity.policy.Evaluator;
import org.ostraka.identity.policy.Policies;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.policy.RequestContext;
import org.ostraka.identity.policy.Requester;
import org.ostraka.identity.policy.Verdict;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Principal;
import org.ostraka.model.error.AccessDeniedException;

/**
 * Knows accounts only: a caller is the root of its account, which may do everything with the
 * account's own tables unless their policies deny it, and with tables of other accounts what their
 * policies allow. Any thread.
 */
public final class AccountPermissions implements Permissions {
  private final InstantSource clock;

  public AccountPermissions(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void require(Caller caller, Action action) {}

  @Override
  public void require(Caller caller, Action action, Target target) {
    if (caller.principal() instanceof Principal.Service) {
      return;
    }
    Optional<PolicyDocument> policy = target.policy().flatMap(ResourcePolicy::document);
    AccountId owner = target.table().owner().account();
    boolean isOwn = owner.equals(caller.owner().account());
    if (!isOwn && (policy.isEmpty() || !action.isForOtherAccounts())) {
      throw new AccessDeniedException("Access is denied");
    }
    policy.ifPresent(document -> judge(request(caller, action, target), document));
  }

  @Override
  public boolean allows(Caller caller, Action action, Target target, PolicyDocument policy) {
    return verdict(request(caller, action, target), policy).isAllowed();
  }

  private static void judge(AuthorizationRequest request, PolicyDocument policy) {
    Verdict verdict = verdict(request, policy);
    if (!verdict.isAllowed()) {
      throw new AccessDeniedException(verdict.denial(request));
    }
  }

  private static Verdict verdict(AuthorizationRequest request, PolicyDocument policy) {
    return Evaluator.evaluate(
        request,
        Policies.NONE.withResource(Optional.of(new AttachedPolicy(request.resource(), policy))));
  }

  private AuthorizationRequest request(Caller caller, Action action, Target target) {
    Requester requester = new Requester.Root(caller.owner().account());
    return new AuthorizationRequest(
        requester,
        action.iamName(),
        target.arn(),
        target.table().owner().account(),
        context(caller, requester, target));
  }

  /** Returns the keys of "AWS global condition context keys" that are known. */
  private RequestContext context(Caller caller, Requester requester, Target target) {
    Instant now = clock.instant();
    String account = caller.owner().account().value();
    Map<String, List<String>> keys = new HashMap<>();
    keys.put("aws:CurrentTime", List.of(now.toString()));
    keys.put("aws:EpochTime", List.of(Long.toString(now.getEpochSecond())));
    keys.put("aws:PrincipalAccount", List.of(account));
    keys.put("aws:PrincipalArn", List.of(requester.arn()));
    keys.put("aws:PrincipalType", List.of("Account"));
    keys.put("aws:userid", List.of(account));
    keys.put("aws:RequestedRegion", List.of(caller.owner().region().toString()));
    keys.put("aws:ResourceAccount", List.of(target.table().owner().account().value()));
    target
        .tags()
        .byKey()
        .forEach((key, value) -> keys.put("aws:ResourceTag/" + key, List.of(value)));
    return new ContextKeys(keys);
  }
}
