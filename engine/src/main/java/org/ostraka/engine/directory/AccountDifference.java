package org.ostraka.engine.directory;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.Entity;
import org.ostraka.identity.directory.EntityKey;

/**
 * What a change of an account adds, replaces and removes. Immutable.
 *
 * @param put the entities that are new or changed
 * @param removed the keys of those that are gone
 */
record AccountDifference(SortedMap<EntityKey, Entity> put, SortedSet<EntityKey> removed) {
  AccountDifference {
    put = Collections.unmodifiableSortedMap(new TreeMap<>(put));
    removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
  }

  static AccountDifference between(Account before, Account after) {
    SortedMap<EntityKey, Entity> put = new TreeMap<>();
    after
        .entities()
        .forEach((key, entity) -> {
          if (!entity.equals(before.entities().get(key))) {
            put.put(key, entity);
          }
        });
    SortedSet<EntityKey> removed = new TreeSet<>(before.entities().keySet());
    removed.removeAll(after.entities().keySet());
    return new AccountDifference(put, removed);
  }

  boolean isEmpty() {
    return put.isEmpty() && removed.isEmpty();
  }

  Set<EntityKey> touched() {
    Set<EntityKey> all = new TreeSet<>(put.keySet());
    all.addAll(removed);
    return all;
  }

  /** Returns an account after the change. */
  Account appliedTo(Account account) {
    Account changed = account.withAll(Map.copyOf(put));
    for (EntityKey key : removed) {
      changed = changed.without(key);
    }
    return changed;
  }
}
