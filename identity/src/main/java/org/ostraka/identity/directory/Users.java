package org.ostraka.identity.directory;

import java.util.Collections;
import java.util.Optional;
import org.ostraka.model.Tags;

/**
 * Changes of users. Each returns the account as it is afterwards, or refuses with a {@link
 * DirectoryException}. Stateless.
 */
public final class Users {
  private Users() {}

  /** Adds a user. */
  public static Account create(Account account, Head head, Tags tags, Optional<String> boundary) {
    NameRules.requireHead(EntityKind.USER, head.name(), head.path());
    NameRules.requireTags(tags);
    requireFree(account, head.name());
    Identities.requireRoom(account.users().size(), "UsersPerAccount", Quotas.USERS);
    Identities.requireBoundary(account, boundary);
    return account.with(
        new User(head, tags, boundary, PolicySet.NONE, Collections.emptySortedSet()));
  }

  /** Gives a user another name or path. */
  public static Account update(
      Account account, String name, Optional<String> newName, Optional<String> newPath) {
    User user = require(account, name);
    Head head =
        user.head().renamed(newName.orElse(user.head().name()), newPath.orElse(user.head().path()));
    NameRules.requireHead(EntityKind.USER, head.name(), head.path());
    User changed = user.withHead(head);
    if (!changed.key().equals(user.key())) {
      requireFree(account, head.name());
    }
    return account.without(user.key()).with(changed);
  }

  public static Account delete(Account account, String name) {
    User user = require(account, name);
    if (!user.groups().isEmpty() && !account.groups(user).isEmpty()) {
      throw DirectoryException.conflict(
          "Cannot delete entity, must remove users from group first.");
    }
    Identities.requireNoPolicies(user);
    if (!account.accessKeys(Optional.of(user)).isEmpty()) {
      throw DirectoryException.conflict("Cannot delete entity, must delete access keys first.");
    }
    return account.without(user.key());
  }

  public static Account addToGroup(Account account, String name, String group) {
    String groupId = Groups.require(account, group).head().id();
    User changed = require(account, name).withGroup(groupId);
    if (changed.groups().size() > Quotas.GROUPS_PER_USER) {
      throw DirectoryException.exceeded("GroupsPerUser", Quotas.GROUPS_PER_USER);
    }
    return account.with(changed);
  }

  /** Removes a user from a group; does nothing when the user is not in it. */
  public static Account removeFromGroup(Account account, String name, String group) {
    String groupId = Groups.require(account, group).head().id();
    return account.with(require(account, name).withoutGroup(groupId));
  }

  /**
   * Returns a user.
   *
   * @throws DirectoryException when there is none of that name
   */
  public static User require(Account account, String name) {
    return account.user(name).orElseThrow(() -> DirectoryException.missing(EntityKind.USER, name));
  }

  private static void requireFree(Account account, String name) {
    if (account.user(name).isPresent()) {
      throw DirectoryException.exists(EntityKind.USER, name);
    }
  }
}
