package org.ostraka.engine.directory;

import java.util.Optional;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.session.Sessions;
import org.ostraka.identity.signature.AccessKey;
import org.ostraka.identity.signature.AccessKeys;
import org.ostraka.identity.signature.KeyUse;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;

/**
 * The access keys of a directory: those of users and root users, and those of sessions. Any thread.
 */
public final class DirectoryKeys implements AccessKeys {
  private final Directory directory;
  private final Sessions sessions;

  public DirectoryKeys(Directory directory, Sessions sessions) {
    this.directory = directory;
    this.sessions = sessions;
  }

  @Override
  public Optional<AccessKey> find(String id, Optional<String> token) {
    Optional<OpenAccount> owner = directory.ownerOf(id);
    if (owner.isPresent()) {
      return lasting(owner.get(), id);
    }
    return token.flatMap(text -> sessions.open(id, text)).filter(key -> exists(key.principal()));
  }

  @Override
  public void used(AccessKey key, KeyUse use) {
    if (key.session().isEmpty()) {
      directory.uses().note(key.id(), use);
    } else if (key.principal() instanceof Principal.RoleSession role) {
      directory.uses().note(role.roleId(), use);
    }
  }

  private static Optional<AccessKey> lasting(OpenAccount owner, String id) {
    return owner
        .account()
        .accessKey(id)
        .filter(AccessKeyEntry::isActive)
        .flatMap(entry ->
            principal(owner, entry)
                .map(principal ->
                    new AccessKey(
                        id, principal, owner.account().id(), entry.secret(), Optional.empty())));
  }

  private static Optional<Principal> principal(OpenAccount owner, AccessKeyEntry entry) {
    AccountId account = owner.account().id();
    if (entry.userId().isEmpty()) {
      return Optional.of(new Principal.Root(account, entry.id()));
    }
    return owner
        .user(entry.userId().get())
        .map(user ->
            new Principal.User(
                account, entry.id(), user.head().id(), user.head().path(), user.head().name()));
  }

  /** Returns whether the user or role of a session is still there. */
  private boolean exists(Principal principal) {
    return switch (principal) {
      case Principal.Root _ -> true;
      case Principal.User user -> directory.current(user.account()).user(user.id()).isPresent();
      case Principal.RoleSession role ->
          directory.current(role.account()).role(role.roleId()).isPresent();
      case Principal.FederatedUser user ->
          directory.current(user.account()).user(user.userId()).isPresent();
      case Principal.AccessKey _, Principal.Service _ -> false;
    };
  }
}
