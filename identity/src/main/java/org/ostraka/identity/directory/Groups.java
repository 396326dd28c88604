package org.ostraka.identity.directory;

import java.util.List;
import java.util.Optional;

/**
 * Changes of groups. Each returns the account as it is afterwards, or refuses with a {@link
 * DirectoryException}. Stateless.
 */
public final class Groups {
  private Groups() {}

  /** Adds a group. */
  public static Account create(Account account, Head head) {
    NameRules.requireHead(EntityKind.GROUP, head.name(), head.path());
    requireFree(account, head.name());
    Identities.requireRoom(account.groups().size(), "GroupsPerAccount", Quotas.GROUPS);
    return account.with(new Group(head, PolicySet.NONE));
  }

  /** Gives a group another name or path. */
  public static Account update(
      Account account, String name, Optional<String> newName, Optional<String> newPath) {
    Group group = require(account, name);
    Head head =
        group
            .head()
            .renamed(newName.orElse(group.head().name()), newPath.orElse(group.head().path()));
    NameRules.requireHead(EntityKind.GROUP, head.name(), head.path());
    Group changed = new Group(head, group.policies());
    if (!changed.key().equals(group.key())) {
      requireFree(account, head.name());
    }
    return account.without(group.key()).with(changed);
  }

  public static Account delete(Account account, String name) {
    Group group = require(account, name);
    if (!members(account, group).isEmpty()) {
      throw DirectoryException.conflict(
          "Cannot delete entity, must remove users from group first.");
    }
    Identities.requireNoPolicies(group);
    return account.without(group.key());
  }

  /** Returns the users in a group. */
  public static List<User> members(Account account, Group group) {
    return account.users().stream()
        .filter(user -> user.groups().contains(group.head().id()))
        .toList();
  }

  /**
   * Returns a group.
   *
   * @throws DirectoryException when there is none of that name
   */
  public static Group require(Account account, String name) {
    return account
        .group(name)
        .orElseThrow(() -> DirectoryException.missing(EntityKind.GROUP, name));
  }

  private static void requireFree(Account account, String name) {
    if (account.group(name).isPresent()) {
      throw DirectoryException.exists(EntityKind.GROUP, name);
    }
  }
}
