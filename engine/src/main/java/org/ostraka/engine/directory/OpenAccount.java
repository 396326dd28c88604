package org.ostraka.engine.directory;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.Role;
import org.ostraka.identity.directory.Standing;
import org.ostraka.identity.directory.User;

/** An account as requests use it: what is stored of it and what is declared. Any thread. */
public final class OpenAccount {
  private final AccountStore.Stored stored;
  private final Account account;
  private final Map<String, User> users = new HashMap<>();
  private final Map<String, Role> roles = new HashMap<>();
  private final Map<String, Standing> standings = new ConcurrentHashMap<>();

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

  /** Returns the standing of the user with a unique id, which is made once. */
  Optional<Standing> standingOfUser(String id) {
    Standing known = standings.get(id);
    return known != null
        ? Optional.of(known)
        : user(id).map(user -> standings.computeIfAbsent(id, _ -> Standing.ofUser(account, user)));
  }

  /** Returns the role with a unique id. */
  public Optional<Role> role(String id) {
    return Optional.ofNullable(roles.get(id));
  }
}
