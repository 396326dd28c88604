package org.ostraka.engine.directory;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.DirectoryException;
import org.ostraka.identity.directory.EntityKey;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.model.AccountId;

/**
 * The accounts that an operator has declared, beside those that are stored. Immutable.
 *
 * @param source where they are declared, for messages
 */
record Declared(String source, Map<AccountId, Account> byId) {
  static final Declared NONE = new Declared("", Map.of());

  Declared {
    byId = Map.copyOf(byId);
  }

  static Declared of(String source, Collection<Account> accounts) {
    Map<AccountId, Account> byId = new LinkedHashMap<>();
    accounts.forEach(account -> byId.put(account.id(), account));
    return new Declared(source, byId);
  }

  Set<AccountId> accounts() {
    return byId.keySet();
  }

  Account of(AccountId id) {
    return Optional.ofNullable(byId.get(id)).orElseGet(() -> new Account(id));
  }

  /** Refuses a change of what is declared. */
  void requireUntouched(AccountId id, AccountDifference difference) {
    Set<EntityKey> fixed = of(id).entities().keySet();
    for (EntityKey key : difference.touched()) {
      if (fixed.contains(key)) {
        throw new DirectoryException(
            DirectoryException.Code.UNMODIFIABLE_ENTITY,
            "The "
                + key.kind().noun()
                + " "
                + key.name()
                + " is defined in "
                + source
                + " and can only be changed there.");
      }
      boolean isOfOther =
          key.kind() == EntityKind.ACCESS_KEY
              && byId.values().stream().anyMatch(account -> account.entities().containsKey(key));
      if (isOfOther) {
        throw AccountStore.taken(key.name());
      }
    }
  }

  /** Refuses to declare what an account has already. */
  void requireNew(Account stored) {
    for (EntityKey key : of(stored.id()).entities().keySet()) {
      if (stored.entities().containsKey(key)) {
        throw new DirectoryException(
            DirectoryException.Code.ENTITY_ALREADY_EXISTS,
            "The "
                + key.kind().noun()
                + " "
                + key.name()
                + " of account "
                + stored.id()
                + " exists already, outside of "
                + source);
      }
    }
  }

  /** Refuses to declare an access key that another account has stored. */
  void requireNewKeys(Collection<Account> stored) {
    for (Account declared : byId.values()) {
      for (EntityKey key : declared.entities().keySet()) {
        boolean isTaken =
            key.kind() == EntityKind.ACCESS_KEY
                && stored.stream().anyMatch(account -> account.entities().containsKey(key));
        if (isTaken) {
          throw AccountStore.taken(key.name());
        }
      }
    }
  }
}
