package org.ostraka.engine.directory;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.Role;
import org.ostraka.identity.directory.User;

/** An account as requests use it: what is stored of it and what is declared. Any thread. */
public final class OpenAccount {
  private final AccountStore.Stored stored;
  private final Account account;
  private final Map<String, User> users = new HashMap<>();
  private final Map<String, Role> roles = new HashMap<>();

  OpenAccount(AccountStore.Stored stored, Account declared) {
    this.stored = stored;
    this.account = stored.account().withAll(declared.entities());
    account.users().forEach(user -> users.put(user.head().id(), user));
    account.roles().forEach(role -> roles.put(role.head().id(), role));
  }

  /** Returns the account with what is declared. */
  public Account account() {
    return account;
  }

  /** Returns the account without what is declared. */
  AccountStore.Stored stored() {
    return stored;
  }

  /** Returns the user with a unique id. */
  public Optional<User> user(String id) {
    return Optional.ofNullable(users.get(id));
  }

  /** Returns the role with a unique id. */
  public Optional<Role> role(String id) {
    return Optional.ofNullable(roles.get(id));
  }
}
