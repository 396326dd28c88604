package org.ostraka.identity.directory;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.ostraka.model.Tags;

/**
 * Changes of the policies, boundaries and tags of users, groups and roles. Each returns the account
 * as it is afterwards, or refuses with a {@link DirectoryException}. Stateless.
 */
public final class Identities {
  private Identities() {}

  /**
   * Returns a user, group or role.
   *
   * @throws DirectoryException when there is none of that name
   */
  public static Identity require(Account account, EntityKind kind, String name) {
    Optional<? extends Identity> found =
        switch (kind) {
          case USER -> account.user(name);
          case GROUP -> account.group(name);
          case ROLE -> account.role(name);
          case POLICY, PROVIDER, ACCESS_KEY ->
              throw new IllegalArgumentException(kind + " is no identity");
        };
    return found.isPresent() ? found.get() : missing(kind, name);
  }

  private static Identity missing(EntityKind kind, String name) {
    throw DirectoryException.missing(kind, name);
  }

  /** Embeds a policy, which replaces the one of the same name. */
  public static Account putPolicy(
      Account account, EntityKind kind, String name, String policyName, PolicyText policy) {
    Identity identity = require(account, kind, name);
    NameRules.requirePolicyName(policyName);
    NameRules.requireText(policy);
    PolicySet policies = identity.policies().withInline(policyName, policy);
    requireRoom(kind, name, policies);
    return account.with(identity.with(policies));
  }

  /** Refuses embedded policies that are too long together. */
  static void requireRoom(EntityKind kind, String name, PolicySet policies) {
    int limit =
        switch (kind) {
          case USER -> Quotas.USER_POLICY_CHARACTERS;
          case GROUP -> Quotas.GROUP_POLICY_CHARACTERS;
          case ROLE -> Quotas.ROLE_POLICY_CHARACTERS;
          case POLICY, PROVIDER, ACCESS_KEY ->
              throw new IllegalArgumentException(kind + " is no identity");
        };
    int characters =
        policies.inline().values().stream().mapToInt(PolicyText::countedCharacters).sum();
    if (characters > limit) {
      throw new DirectoryException(
          DirectoryException.Code.LIMIT_EXCEEDED,
          "Maximum policy size of " + limit + " bytes exceeded for " + kind.noun() + " " + name);
    }
  }

  public static Account deletePolicy(
      Account account, EntityKind kind, String name, String policyName) {
    Identity identity = require(account, kind, name);
    if (!identity.policies().inline().containsKey(policyName)) {
      throw DirectoryException.missing(kind.noun() + " policy", policyName);
    }
    return account.with(identity.with(identity.policies().withoutInline(policyName)));
  }

  /** Attaches a managed policy; does nothing when it is attached already. */
  public static Account attach(Account account, EntityKind kind, String name, String policyArn) {
    Identity identity = require(account, kind, name);
    if (account.policy(policyArn).isEmpty()) {
      throw new DirectoryException(
          DirectoryException.Code.NO_SUCH_ENTITY,
          "Policy " + policyArn + " does not exist or is not attachable.");
    }
    PolicySet policies = identity.policies().withAttached(policyArn);
    if (policies.attached().size() > Quotas.ATTACHED_POLICIES) {
      throw DirectoryException.exceeded(
          "PoliciesPer"
              + (kind == EntityKind.USER ? "User" : kind == EntityKind.ROLE ? "Role" : "Group"),
          Quotas.ATTACHED_POLICIES);
    }
    return account.with(identity.with(policies));
  }

  public static Account detach(Account account, EntityKind kind, String name, String policyArn) {
    Identity identity = require(account, kind, name);
    if (!identity.policies().attached().contains(policyArn)) {
      throw DirectoryException.missingPolicy(policyArn);
    }
    return account.with(identity.with(identity.policies().withoutAttached(policyArn)));
  }

  /**
   * Limits what a user or role may do by a managed policy.
   *
   * @param policyArn absent to remove the limit
   */
  public static Account setBoundary(
      Account account, EntityKind kind, String name, Optional<String> policyArn) {
    Actor actor = requireActor(account, kind, name);
    policyArn
        .filter(arn -> account.policy(arn).isEmpty())
        .ifPresent(arn -> {
          throw new DirectoryException(
              DirectoryException.Code.INVALID_INPUT,
              "Scope ARN: " + arn + " does not exist or is not attachable.");
        });
    if (policyArn.isEmpty() && actor.boundary().isEmpty()) {
      throw new DirectoryException(
          DirectoryException.Code.NO_SUCH_ENTITY,
          "The " + kind.noun() + " with name " + name + " has no permissions boundary.");
    }
    return account.with(actor.withBoundary(policyArn));
  }

  /** Adds tags to a user or role; a tag replaces one of the same key. */
  public static Account tag(Account account, EntityKind kind, String name, Tags tags) {
    return changeTags(account, kind, name, before -> before.with(tags));
  }

  /** Removes tags of a user or role, as far as it has them. */
  public static Account untag(
      Account account, EntityKind kind, String name, Collection<String> keys) {
    return changeTags(account, kind, name, before -> before.without(keys));
  }

  private static Account changeTags(
      Account account, EntityKind kind, String name, Function<Tags, Tags> change) {
    Actor actor = requireActor(account, kind, name);
    Tags tags = change.apply(actor.tags());
    NameRules.requireTags(tags);
    return account.with(actor.withTags(tags));
  }

  private static Actor requireActor(Account account, EntityKind kind, String name) {
    if (require(account, kind, name) instanceof Actor actor) {
      return actor;
    }
    throw new IllegalArgumentException("a group has no boundary and no tags");
  }

  /** Refuses the deletion of an identity that still has policies. */
  static void requireNoPolicies(Identity identity) {
    if (!identity.policies().attached().isEmpty()) {
      throw DirectoryException.conflict("Cannot delete entity, must detach all policies first.");
    }
    if (!identity.policies().inline().isEmpty()) {
      throw DirectoryException.conflict("Cannot delete entity, must delete policies first.");
    }
  }

  /** Refuses a boundary that is none of the account's policies. */
  static void requireBoundary(Account account, Optional<String> policyArn) {
    policyArn
        .filter(arn -> account.policy(arn).isEmpty())
        .ifPresent(arn -> {
          throw DirectoryException.missingPolicy(arn);
        });
  }

  /** Refuses one more entity of a kind than there may be. */
  static void requireRoom(long present, String quota, int limit) {
    if (present >= limit) {
      throw DirectoryException.exceeded(quota, limit);
    }
  }
}
