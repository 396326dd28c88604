package org.ostraka.engine.gate;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.catalogue.ResourcePolicy;
import org.ostraka.engine.condition.TagConditions;
import org.ostraka.engine.directory.Standings;
import org.ostraka.identity.directory.Standing;
import org.ostraka.identity.policy.AttachedPolicy;
import org.ostraka.identity.policy.AuthorizationRequest;
import org.ostraka.identity.policy.ContextKeys;
import org.ostraka.identity.policy.Evaluator;
import org.ostraka.identity.policy.OriginKeys;
import org.ostraka.identity.policy.Policies;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.policy.Verdict;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Principal;
import org.ostraka.model.Tags;
import org.ostraka.model.error.AccessDeniedException;

/**
 * Judges by policies: those of the caller, of its groups and its session, and those of tables and
 * streams. The root user of an account may do everything with the account's own tables unless their
 * policies deny it. Any thread.
 */
public final class AccountPermissions implements Permissions {
  private static final String ANY_RESOURCE = "*";

  private final InstantSource clock;
  private final Standings standings;

  /** Makes permissions for callers of whom only the account is known: each is its root user. */
  public AccountPermissions(InstantSource clock) {
    this(clock, Standings.ofRoots());
  }

  public AccountPermissions(InstantSource clock, Standings standings) {
    this.clock = clock;
    this.standings = standings;
  }

  @Override
  public void require(Caller caller, Action action) {
    require(caller, action.iamName(), ANY_RESOURCE, Tags.NONE);
  }

  @Override
  public void require(Caller caller, String action, String resource, Tags ofRequest) {
    if (isRoot(caller) || caller.principal() instanceof Principal.Service) {
      return;
    }
    Standing standing = standings.of(caller);
    AccountId account = caller.owner().account();
    Map<String, List<String>> keys = keys(caller, standing, account);
    keys.putAll(TagConditions.of(ofRequest));
    judge(
        new AuthorizationRequest(
            standing.requester(), action, resource, account, new ContextKeys(keys)),
        standing.policies());
  }

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
    if (isOwn && policy.isEmpty() && isRoot(caller)) {
      return;
    }
    Standing standing = standings.of(caller);
    AuthorizationRequest request = request(caller, standing, action, target);
    judge(request, policies(standing, target, policy));
  }

  @Override
  public boolean allows(Caller caller, Action action, Target target, PolicyDocument policy) {
    Standing standing = standings.of(caller);
    return Evaluator.evaluate(
            request(caller, standing, action, target),
            policies(standing, target, Optional.of(policy)))
        .isAllowed();
  }

  @Override
  public CrossAccountCaller crossAccountCaller(Caller caller, Action action, Target target) {
    Standing standing = standings.of(caller);
    Map<String, List<String>> keys = keys(caller, standing, target.table().owner().account());
    AuthorizationRequest request =
        new AuthorizationRequest(
            standing.requester(),
            action.iamName(),
            target.arn(),
            target.table().owner().account(),
            new ContextKeys(keys));
    Verdict verdict = Evaluator.evaluateOwn(request, standing.policies());
    if (!verdict.isAllowed()) {
      throw new AccessDeniedException(verdict.denial(request));
    }
    return new CrossAccountCaller(standing.requester(), keys);
  }

  @Override
  public boolean allows(Caller caller, BucketAccess access) {
    if (isRoot(caller) || caller.principal() instanceof Principal.Service) {
      return true;
    }
    Standing standing = standings.of(caller);
    AccountId account = caller.owner().account();
    AuthorizationRequest request =
        new AuthorizationRequest(
            standing.requester(),
            access.action(),
            access.resource(),
            account,
            new ContextKeys(keys(caller, standing, account)));
    return Evaluator.evaluate(request, standing.policies()).isAllowed();
  }

  /** Returns whether no policy of its own can limit the caller. */
  private static boolean isRoot(Caller caller) {
    return switch (caller.principal()) {
      case Principal.AccessKey _ -> true;
      case Principal.Root _ -> caller.session().policies().isEmpty();
      case Principal.User _,
          Principal.RoleSession _,
          Principal.FederatedUser _,
          Principal.Service _ ->
          false;
    };
  }

  private static void judge(AuthorizationRequest request, Policies policies) {
    Verdict verdict = Evaluator.evaluate(request, policies);
    if (!verdict.isAllowed()) {
      throw new AccessDeniedException(verdict.denial(request));
    }
  }

  private static Policies policies(
      Standing standing, Target target, Optional<PolicyDocument> ofResource) {
    return standing
        .policies()
        .withResource(ofResource.map(document -> new AttachedPolicy(target.arn(), document)));
  }

  private AuthorizationRequest request(
      Caller caller, Standing standing, Action action, Target target) {
    AccountId owner = target.table().owner().account();
    Map<String, List<String>> keys = keys(caller, standing, owner);
    keys.putAll(TagConditions.ofResource(target.tags()));
    return new AuthorizationRequest(
        standing.requester(),
        action.iamName(),
        target.arn(),
        owner,
        target.conditions().or(new ContextKeys(keys)));
  }

  /** Returns the keys of "AWS global condition context keys" that are known. */
  private Map<String, List<String>> keys(Caller caller, Standing standing, AccountId owner) {
    Instant now = clock.instant();
    Map<String, List<String>> keys = new HashMap<>(standing.keys());
    keys.put("aws:CurrentTime", List.of(now.toString()));
    keys.put("aws:EpochTime", List.of(Long.toString(now.getEpochSecond())));
    keys.put("aws:RequestedRegion", List.of(caller.owner().region().toString()));
    keys.put("aws:ResourceAccount", List.of(owner.value()));
    OriginKeys.put(caller.origin(), keys);
    return keys;
  }
}
