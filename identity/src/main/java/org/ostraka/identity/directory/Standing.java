package org.ostraka.identity.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.identity.policy.AttachedPolicy;
import org.ostraka.identity.policy.Policies;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.policy.Requester;
import org.ostraka.model.AccountId;
import org.ostraka.model.Tags;

/**
 * What policies know of a requester: its names, its own policies, and its condition keys ("AWS
 * global condition context keys", properties of the principal). Immutable.
 *
 * @param policies without those of resources
 * @param keys condition keys with their values
 */
public record Standing(Requester requester, Policies policies, Map<String, List<String>> keys) {
  private static final String PRINCIPAL_TAG = "aws:PrincipalTag/";

  public Standing {
    keys = Map.copyOf(keys);
  }

  /** Returns the standing of an account's root user. */
  public static Standing ofRoot(AccountId account) {
    return new Standing(
        new Requester.Root(account),
        Policies.NONE,
        keys(account, new Requester.Root(account).arn(), "Account", account.value(), Tags.NONE));
  }

  /** Returns the standing of a user. */
  public static Standing ofUser(Account account, User user) {
    String arn = user.arn(account.id());
    Map<String, List<String>> keys = keys(account.id(), arn, "User", user.head().id(), user.tags());
    keys.put("aws:username", List.of(user.head().name()));
    return new Standing(new Requester.User(account.id(), arn), policies(account, user), keys);
  }

  /** Returns the standing of someone who has assumed a role. */
  public static Standing ofRole(Account account, Role role, String session) {
    String roleArn = role.arn(account.id());
    String arn =
        "arn:aws:sts::" + account.id() + ":assumed-role/" + role.head().name() + "/" + session;
    return new Standing(
        new Requester.RoleSession(account.id(), roleArn, arn),
        policies(account, role),
        keys(account.id(), roleArn, "AssumedRole", role.head().id() + ":" + session, role.tags()));
  }

  /** Returns the standing of someone whom a user has federated. */
  public static Standing ofFederated(Account account, User user, String name) {
    String arn = "arn:aws:sts::" + account.id() + ":federated-user/" + name;
    return new Standing(
        new Requester.FederatedUser(account.id(), user.arn(account.id()), arn),
        policies(account, user),
        keys(account.id(), arn, "FederatedUser", account.id() + ":" + name, Tags.NONE));
  }

  /** Returns the standing of someone who is no longer in the directory, and may do nothing. */
  public static Standing ofNobody(Requester requester) {
    return new Standing(requester, Policies.NONE, Map.of());
  }

  /** Returns the same requester with tags of its session, which replace those of the same keys. */
  public Standing withTags(Tags tags) {
    Map<String, List<String>> changed = new HashMap<>(keys);
    tags.byKey()
        .forEach((key, value) -> {
          changed.keySet().removeIf((PRINCIPAL_TAG + key)::equalsIgnoreCase);
          changed.put(PRINCIPAL_TAG + key, List.of(value));
        });
    return new Standing(requester, policies, changed);
  }

  /** Returns the same requester with more condition keys. */
  public Standing withKeys(Map<String, List<String>> more) {
    Map<String, List<String>> changed = new HashMap<>(keys);
    changed.putAll(more);
    return new Standing(requester, policies, changed);
  }

  /** Returns the same requester with policies that limit its session. */
  public Standing withSession(List<AttachedPolicy> limits) {
    return new Standing(
        requester,
        new Policies(policies.identity(), policies.boundary(), limits, policies.resource()),
        keys);
  }

  private static Map<String, List<String>> keys(
      AccountId account, String arn, String type, String userId, Tags tags) {
    Map<String, List<String>> keys = new HashMap<>();
    keys.put("aws:PrincipalArn", List.of(arn));
    keys.put("aws:PrincipalAccount", List.of(account.value()));
    keys.put("aws:PrincipalType", List.of(type));
    keys.put("aws:userid", List.of(userId));
    tags.byKey().forEach((key, value) -> keys.put(PRINCIPAL_TAG + key, List.of(value)));
    return keys;
  }

  private static Policies policies(Account account, Actor actor) {
    List<AttachedPolicy> all = new ArrayList<>();
    add(all, account, actor);
    if (actor instanceof User user) {
      account.groups(user).forEach(group -> add(all, account, group));
    }
    return new Policies(
        all, actor.boundary().map(arn -> boundary(account, arn)), List.of(), Optional.empty());
  }

  private static void add(List<AttachedPolicy> all, Account account, Identity identity) {
    identity
        .policies()
        .inline()
        .forEach((name, policy) -> all.add(new AttachedPolicy(name, policy.document())));
    for (String arn : identity.policies().attached()) {
      account
          .policy(arn)
          .ifPresent(policy -> all.add(new AttachedPolicy(arn, policy.policy().document())));
    }
  }

  /** A boundary that does not exist allows nothing: it may have been declared and is no longer. */
  private static AttachedPolicy boundary(Account account, String arn) {
    return new AttachedPolicy(
        arn,
        account
            .policy(arn)
            .map(policy -> policy.policy().document())
            .orElseGet(() -> new PolicyDocument(Optional.empty(), Optional.empty(), List.of())));
  }
}
