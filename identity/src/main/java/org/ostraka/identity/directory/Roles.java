package org.ostraka.identity.directory;

import java.time.Duration;
import java.util.Optional;
import org.ostraka.model.Tags;

/**
 * Changes of roles. Each returns the account as it is afterwards, or refuses with a {@link
 * DirectoryException}. Stateless.
 */
public final class Roles {
  private Roles() {}

  /**
   * Adds a role.
   *
   * @param maxSession the longest session; an hour when absent
   */
  public static Account create(
      Account account,
      Head head,
      PolicyText trust,
      String description,
      Optional<Duration> maxSession,
      Tags tags,
      Optional<String> boundary) {
    NameRules.requireHead(EntityKind.ROLE, head.name(), head.path());
    NameRules.requireTags(tags);
    NameRules.requireDescription(description);
    requireTrust(trust);
    Duration longest = requireSession(maxSession.orElse(Quotas.MIN_SESSION));
    if (account.role(head.name()).isPresent()) {
      throw DirectoryException.exists(EntityKind.ROLE, head.name());
    }
    Identities.requireRoom(account.roles().size(), "RolesPerAccount", Quotas.ROLES);
    Identities.requireBoundary(account, boundary);
    return account.with(
        new Role(head, description, trust, longest, tags, boundary, PolicySet.NONE));
  }

  public static Account delete(Account account, String name) {
    Role role = require(account, name);
    Identities.requireNoPolicies(role);
    return account.without(role.key());
  }

  /** Changes who may assume a role. */
  public static Account updateTrust(Account account, String name, PolicyText trust) {
    requireTrust(trust);
    return account.with(require(account, name).withTrust(trust));
  }

  /** Changes the description or the longest session of a role. */
  public static Account update(
      Account account, String name, Optional<String> description, Optional<Duration> maxSession) {
    Role role = require(account, name);
    description.ifPresent(NameRules::requireDescription);
    return account.with(
        role.withSettings(
            description.orElse(role.description()),
            requireSession(maxSession.orElse(role.maxSession()))));
  }

  /**
   * Returns a role.
   *
   * @throws DirectoryException when there is none of that name
   */
  public static Role require(Account account, String name) {
    return account.role(name).orElseThrow(() -> DirectoryException.missing(EntityKind.ROLE, name));
  }

  private static void requireTrust(PolicyText trust) {
    NameRules.requireText(trust);
    if (trust.countedCharacters() > Quotas.TRUST_POLICY_CHARACTERS) {
      throw DirectoryException.exceeded("ACLSizePerRole", Quotas.TRUST_POLICY_CHARACTERS);
    }
  }

  private static Duration requireSession(Duration longest) {
    if (longest.compareTo(Quotas.MIN_SESSION) < 0 || longest.compareTo(Quotas.MAX_SESSION) > 0) {
      throw DirectoryException.invalid(
          "1 validation error detected: Value '"
              + longest.toSeconds()
              + "' at 'maxSessionDuration' failed to satisfy constraint: Member must have value"
              + " between 3600 and 43200");
    }
    return longest;
  }
}
