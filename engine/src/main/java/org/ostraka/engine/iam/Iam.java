package org.ostraka.engine.iam;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.ostraka.engine.condition.TagConditions;
import org.ostraka.engine.directory.Directory;
import org.ostraka.engine.directory.Standings;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.DirectoryException;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Head;
import org.ostraka.identity.directory.NewIds;
import org.ostraka.identity.directory.Standing;
import org.ostraka.identity.iam.IamError;
import org.ostraka.identity.iam.IamException;
import org.ostraka.identity.policy.AttachedPolicy;
import org.ostraka.identity.policy.AuthorizationRequest;
import org.ostraka.identity.policy.ContextKeys;
import org.ostraka.identity.policy.Evaluator;
import org.ostraka.identity.policy.OriginKeys;
import org.ostraka.identity.policy.Policies;
import org.ostraka.identity.policy.RequestContext;
import org.ostraka.identity.policy.Requester;
import org.ostraka.identity.policy.Verdict;
import org.ostraka.identity.signature.KeyUse;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Origin;
import org.ostraka.model.Principal;
import org.ostraka.model.Tags;

/**
 * The only way of IAM's operations to the directory: judges whether the caller may do what it asks,
 * and reads or changes the caller's account. Any thread.
 */
public final class Iam {
  private final Directory directory;
  private final Standings standings;
  private final NewIds ids;
  private final InstantSource clock;

  /**
   * Makes the way.
   *
   * @param ids makes the ids of new entities
   */
  public Iam(Directory directory, NewIds ids, InstantSource clock) {
    this.directory = directory;
    this.standings = Standings.of(directory);
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Returns the caller's account as it is, without asking for permission: to find out what a
   * request names.
   */
  public Account account(Caller caller) {
    return directory.account(caller.owner().account());
  }

  /**
   * Returns the caller's account, if the caller may do something with an entity of it.
   *
   * @param action the name of the operation
   * @param resource the entity's ARN
   * @throws IamException when the caller may not
   */
  public Account read(Caller caller, String action, String resource) {
    require(caller, "iam:" + action, resource, RequestContext.EMPTY);
    return account(caller);
  }

  /**
   * Changes the caller's account.
   *
   * @param action the name of the operation
   * @param resource the ARN of the changed entity
   * @param change returns the account as it is to be. Pure: it may run more than once.
   * @return the account afterwards
   * @throws IamException when the caller may not, or the change is refused
   */
  public Account change(
      Caller caller, String action, String resource, UnaryOperator<Account> change) {
    return change(caller, action, resource, Tags.NONE, change);
  }

  /**
   * Changes the caller's account by a request that has tags.
   *
   * @param tags the tags of the request, which conditions may name
   */
  public Account change(
      Caller caller, String action, String resource, Tags tags, UnaryOperator<Account> change) {
    require(caller, "iam:" + action, resource, ofTags(tags));
    return found(() -> directory.change(caller.principal(), caller.owner().account(), change));
  }

  /**
   * Changes the caller's account by a request that conditions may look into.
   *
   * @param context the condition keys of the request
   */
  public Account change(
      Caller caller,
      String action,
      String resource,
      RequestContext context,
      UnaryOperator<Account> change) {
    require(caller, "iam:" + action, resource, context);
    return found(() -> directory.change(caller.principal(), caller.owner().account(), change));
  }

  /**
   * Returns the last use of an access key, or of a role by its unique id; empty when it was never
   * used.
   */
  public Optional<KeyUse> lastUse(String id) {
    return directory.uses().of(id);
  }

  /** Makes the head of a new entity. */
  public Head head(EntityKind kind, String name, String path) {
    return new Head(name, path, ids.entity(kind), now());
  }

  /** Returns the source of ids and secrets. */
  public NewIds ids() {
    return ids;
  }

  /** Returns the time, in whole seconds, as answers have it. */
  public Instant now() {
    return Instant.ofEpochSecond(clock.instant().getEpochSecond());
  }

  /**
   * Requires that a caller may do something.
   *
   * @param action such as {@code iam:CreateUser}
   * @param context what is known of the request beside its sender
   * @throws IamException when the caller may not
   */
  public void require(Caller caller, String action, String resource, RequestContext context) {
    requireNoSessionToken(caller);
    Standing standing = standings.of(caller);
    AuthorizationRequest request =
        new AuthorizationRequest(
            standing.requester(),
            action,
            resource,
            caller.owner().account(),
            context.or(ofCaller(caller, standing)));
    Verdict verdict = Evaluator.evaluate(request, standing.policies());
    if (!verdict.isAllowed()) {
      throw IamError.ACCESS_DENIED.because(verdict.denial(request));
    }
  }

  /**
   * Requires that a caller may assume a role, which its trust policy must allow.
   *
   * @param trust the trust policy; absent when there is no such role
   * @throws IamException when the caller may not
   */
  void requireTrust(
      Caller caller,
      String action,
      String roleArn,
      AccountId owner,
      Optional<AttachedPolicy> trust,
      RequestContext context) {
    Standing standing = standings.of(caller);
    AuthorizationRequest request =
        new AuthorizationRequest(
            standing.requester(), action, roleArn, owner, context.or(ofCaller(caller, standing)));
    Verdict verdict = Evaluator.evaluateTrust(request, standing.policies().withResource(trust));
    if (verdict.outcome() == Verdict.Outcome.EXPLICITLY_DENIED) {
      throw IamError.ACCESS_DENIED.because(verdict.denial(request));
    }
    if (!verdict.isAllowed()) {
      // The service does not tell which of the two policies is missing.
      throw IamError.ACCESS_DENIED.because(
          "User: "
              + standing.requester().arn()
              + " is not authorized to perform: "
              + action
              + " on resource: "
              + roleArn);
    }
  }

  /**
   * Requires that someone whom a provider has identified may assume a role.
   *
   * @param trust the trust policy; absent when there is no such role
   * @throws IamException when the trust policy does not allow it
   */
  void requireTrust(
      Requester.WebIdentity requester,
      Origin origin,
      String action,
      String roleArn,
      Optional<AttachedPolicy> trust,
      RequestContext context) {
    Map<String, List<String>> keys = new HashMap<>();
    putMoment(keys);
    keys.put("aws:FederatedProvider", List.of(requester.arn()));
    OriginKeys.put(origin, keys);
    AuthorizationRequest request =
        new AuthorizationRequest(
            requester, action, roleArn, requester.id(), context.or(new ContextKeys(keys)));
    Policies policies = Policies.NONE.withResource(trust);
    if (!Evaluator.evaluateTrust(request, policies).isAllowed()) {
      throw IamError.ACCESS_DENIED.because("Not authorized to perform " + action);
    }
  }

  private void putMoment(Map<String, List<String>> keys) {
    Instant now = clock.instant();
    keys.put("aws:CurrentTime", List.of(now.toString()));
    keys.put("aws:EpochTime", List.of(Long.toString(now.getEpochSecond())));
  }

  /**
   * Credentials of GetSessionToken cannot call IAM without multi-factor authentication, which does
   * not exist here: "GetSessionToken" in the AWS STS API Reference.
   */
  private static void requireNoSessionToken(Caller caller) {
    boolean isOwnSession =
        caller.principal() instanceof Principal.User
            || caller.principal() instanceof Principal.Root;
    if (isOwnSession && caller.session().issued().isPresent()) {
      throw IamError.INVALID_CLIENT_TOKEN_ID.because(
          "The security token included in the request is invalid");
    }
  }

  /** Carries out a reading or a change, whose refusals become those of IAM. */
  public static <T> T found(Supplier<T> work) {
    try {
      return work.get();
    } catch (DirectoryException refusal) {
      throw translated(refusal);
    }
  }

  /** Returns the error of IAM that says the same. */
  private static IamException translated(DirectoryException refusal) {
    return IamError.valueOf(refusal.code().name()).because(refusal.why());
  }

  private RequestContext ofCaller(Caller caller, Standing standing) {
    Map<String, List<String>> keys = new HashMap<>(standing.keys());
    putMoment(keys);
    keys.put("aws:RequestedRegion", List.of(caller.owner().region().toString()));
    keys.put("aws:ResourceAccount", List.of(caller.owner().account().value()));
    OriginKeys.put(caller.origin(), keys);
    return new ContextKeys(keys);
  }

  /** Returns the condition keys of a request's tags. */
  static RequestContext ofTags(Tags tags) {
    return new ContextKeys(TagConditions.of(tags));
  }
}
