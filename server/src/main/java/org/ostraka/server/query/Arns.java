package org.ostraka.server.query;

import java.util.Optional;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Identity;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;

/** The ARNs by which policies name what requests name. Stateless. */
final class Arns {
  private Arns() {}

  /** Returns the ARN of a user, group or role, which need not exist. */
  static String of(Account account, EntityKind kind, String name) {
    return find(account, kind, name)
        .map(identity -> identity.arn(account.id()))
        .orElseGet(() -> of(account.id(), kind, "/" + name));
  }

  /** Returns the ARN that a user, group or role will have with another name or path. */
  static String renamed(
      Account account,
      EntityKind kind,
      String name,
      Optional<String> newName,
      Optional<String> newPath) {
    String path =
        newPath
            .or(() -> find(account, kind, name).map(identity -> identity.head().path()))
            .orElse("/");
    return of(account.id(), kind, path + newName.orElse(name));
  }

  private static Optional<? extends Identity> find(Account account, EntityKind kind, String name) {
    return switch (kind) {
      case USER -> account.user(name);
      case GROUP -> account.group(name);
      case ROLE -> account.role(name);
      case POLICY, PROVIDER, ACCESS_KEY ->
          throw new IllegalArgumentException(kind + " is no identity");
    };
  }

  /**
   * Returns the ARN of a new entity, or of all under a path.
   *
   * @param path begins with a slash
   */
  static String of(Caller caller, EntityKind kind, String path) {
    return of(caller.owner().account(), kind, path);
  }

  private static String of(AccountId account, EntityKind kind, String path) {
    return "arn:aws:iam::" + account + ":" + kind.noun() + path;
  }
}
