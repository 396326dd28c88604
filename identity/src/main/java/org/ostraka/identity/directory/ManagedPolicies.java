package org.ostraka.identity.directory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ostraka.model.Tags;

/**
 * Changes of managed policies. Each returns the account as it is afterwards, or refuses with a
 * {@link DirectoryException}. Stateless.
 */
public final class ManagedPolicies {
  private ManagedPolicies() {}

  /** Adds a policy with its first version. */
  public static Account create(
      Account account, Head head, String description, PolicyText policy, Tags tags) {
    NameRules.requireHead(EntityKind.POLICY, head.name(), head.path());
    NameRules.requireDescription(description);
    NameRules.requireTags(tags);
    requireSize(policy);
    if (account.entities().containsKey(ManagedPolicy.key(false, head.name()))) {
      throw DirectoryException.exists(EntityKind.POLICY, head.name());
    }
    long own = account.policies().stream().filter(each -> !each.isOfAws()).count();
    Identities.requireRoom(own, "PoliciesPerAccount", Quotas.POLICIES);
    ManagedPolicy.Version first = new ManagedPolicy.Version(policy, head.created());
    return account.with(
        new ManagedPolicy(
            head, false, description, tags, head.created(), new TreeMap<>(Map.of(1, first)), 1, 1));
  }

  /** Deletes a policy that is not in use and has no version but the default one. */
  public static Account delete(Account account, String arn) {
    ManagedPolicy policy = require(account, arn);
    if (!users(account, arn).isEmpty() || !bounded(account, arn).isEmpty()) {
      throw DirectoryException.conflict("Cannot delete a policy attached to entities.");
    }
    if (policy.versions().size() > 1) {
      throw DirectoryException.conflict(
          "This policy has more than one version. Before you delete a policy, you must delete the"
              + " policy's versions. The default version is deleted with the policy.");
    }
    return account.without(policy.key());
  }

  /** Adds a version to a policy. */
  public static Account createVersion(
      Account account, String arn, PolicyText text, boolean isDefault, Instant now) {
    ManagedPolicy policy = require(account, arn);
    requireSize(text);
    if (policy.versions().size() >= Quotas.VERSIONS_PER_POLICY) {
      throw new DirectoryException(
          DirectoryException.Code.LIMIT_EXCEEDED,
          "A managed policy can have up to "
              + Quotas.VERSIONS_PER_POLICY
              + " versions. Before you create a new version, you must delete an existing version.");
    }
    return account.with(policy.withVersion(text, isDefault, now));
  }

  public static Account deleteVersion(Account account, String arn, int version, Instant now) {
    ManagedPolicy policy = require(account, arn);
    requireVersion(policy, arn, version);
    if (policy.defaultVersion() == version) {
      throw DirectoryException.conflict("Cannot delete the default version of a policy.");
    }
    return account.with(policy.withoutVersion(version, now));
  }

  /** Chooses the version of a policy that counts. */
  public static Account setDefaultVersion(Account account, String arn, int version, Instant now) {
    ManagedPolicy policy = require(account, arn);
    requireVersion(policy, arn, version);
    return account.with(policy.withDefault(version, now));
  }

  /** Adds tags to a policy; a tag replaces one of the same key. */
  public static Account tag(Account account, String arn, Tags tags) {
    ManagedPolicy policy = require(account, arn);
    Tags all = policy.tags().with(tags);
    NameRules.requireTags(all);
    return account.with(policy.withTags(all));
  }

  /** Removes tags of a policy, as far as it has them. */
  public static Account untag(Account account, String arn, List<String> keys) {
    ManagedPolicy policy = require(account, arn);
    return account.with(policy.withTags(policy.tags().without(keys)));
  }

  /**
   * Returns a policy of the account or of AWS.
   *
   * @throws DirectoryException when there is none with this ARN
   */
  public static ManagedPolicy require(Account account, String arn) {
    return account.policy(arn).orElseThrow(() -> DirectoryException.missingPolicy(arn));
  }

  /** Returns the users, groups and roles that a policy is attached to. */
  public static List<Identity> users(Account account, String arn) {
    return account.identities().stream()
        .filter(identity -> identity.policies().attached().contains(arn))
        .toList();
  }

  /** Returns the users and roles whose boundary a policy is. */
  public static List<Identity> bounded(Account account, String arn) {
    return account.identities().stream()
        .filter(identity ->
            identity instanceof Actor actor && actor.boundary().filter(arn::equals).isPresent())
        .toList();
  }

  private static void requireVersion(ManagedPolicy policy, String arn, int version) {
    if (!policy.versions().containsKey(version)) {
      throw new DirectoryException(
          DirectoryException.Code.NO_SUCH_ENTITY,
          "Policy " + arn + " version v" + version + " does not exist or is not attachable.");
    }
  }

  private static void requireSize(PolicyText policy) {
    NameRules.requireText(policy);
    if (policy.countedCharacters() > Quotas.MANAGED_POLICY_CHARACTERS) {
      throw DirectoryException.exceeded("PolicySize", Quotas.MANAGED_POLICY_CHARACTERS);
    }
  }
}
