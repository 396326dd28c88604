package org.ostraka.engine.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.engine.catalogue.SharedChanges;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.DirectoryException;
import org.ostraka.identity.directory.Entity;
import org.ostraka.identity.directory.EntityKey;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.AccountId;
import org.ostraka.model.Bytes;
import org.ostraka.model.Principal;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** Reads and changes accounts in the store. Any thread. */
final class AccountStore {
  /** The maximum number of readings until one is not disturbed by a change. */
  private static final int MAX_READINGS = 100;

  private final Store store;
  private final SharedChanges shared;
  private final EntityItem.Secrets secrets;

  AccountStore(Store store, SharedChanges shared, SecretSeal seal) {
    this.store = store;
    this.shared = shared;
    this.secrets =
        new EntityItem.Secrets() {
          @Override
          public Bytes seal(AccessKeyEntry key) {
            return seal.seal(key.id(), key.secret());
          }

          @Override
          public Secret open(String accessKeyId, Bytes sealed) {
            return seal.open(accessKeyId, sealed);
          }
        };
  }

  /**
   * An account as it is stored.
   *
   * @param changes the number of its changes, 0 for an account in which nothing was ever defined
   */
  record Stored(Account account, long changes) {}

  /** Returns the accounts in which something was ever defined. */
  Set<AccountId> all() {
    return DirectoryRows.accounts(store);
  }

  /**
   * Returns an account as it is stored now.
   *
   * @param known how it probably is, which saves reading all of it
   */
  Stored read(AccountId id, Stored known) {
    for (int reading = 0; reading < MAX_READINGS; reading++) {
      long changes = changes(id);
      if (changes == known.changes()) {
        return known;
      }
      Map<EntityKey, Entity> entities = new HashMap<>();
      DirectoryRows.entities(
          store,
          id,
          row -> {
            Entity entity = EntityItem.decode(row.value(), secrets);
            entities.put(entity.key(), entity);
          });
      if (changes(id) == changes) {
        return new Stored(new Account(id).withAll(entities), changes);
      }
    }
    throw new StorageFailedException("the account kept changing while it was read");
  }

  private long changes(AccountId id) {
    return store
        .read(DirectoryRows.account(id), Consistency.STRONG)
        .map(DirectoryRows::changes)
        .orElse(0L);
  }

  /**
   * Changes an account by one decision, if it has had so many changes before.
   *
   * @return whether it had; otherwise nothing is changed
   * @throws DirectoryException when another account has one of the access keys
   */
  boolean change(Principal actor, AccountId id, long changes, AccountDifference difference) {
    List<Write> writes = writes(actor, id, changes, difference);
    List<RowKey> keys = new ArrayList<>(List.of(DirectoryRows.account(id)));
    for (EntityKey key : difference.touched()) {
      keys.add(DirectoryRows.entity(id, key));
      if (key.kind() == EntityKind.ACCESS_KEY) {
        keys.add(DirectoryRows.accessKey(key.name()));
      }
    }
    return store.transact(
        keys,
        shared.guards(),
        rows -> {
          if (changes(rows, id) != changes) {
            return Verdict.unchanged(false);
          }
          requireFree(rows, id, difference);
          return new Verdict<>(true, writes);
        });
  }

  private static long changes(CurrentRows rows, AccountId id) {
    return rows.row(DirectoryRows.account(id)).map(DirectoryRows::changes).orElse(0L);
  }

  private List<Write> writes(
      Principal actor, AccountId id, long changes, AccountDifference difference) {
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.Put(DirectoryRows.account(id), DirectoryRows.changes(id, changes + 1)));
    difference
        .put()
        .forEach((key, entity) -> {
          writes.add(
              new Write.Put(DirectoryRows.entity(id, key), EntityItem.encode(entity, secrets)));
          if (key.kind() == EntityKind.ACCESS_KEY) {
            writes.add(new Write.Put(DirectoryRows.accessKey(key.name()), DirectoryRows.owner(id)));
          }
        });
    for (EntityKey key : difference.removed()) {
      writes.add(new Write.Delete(DirectoryRows.entity(id, key)));
      if (key.kind() == EntityKind.ACCESS_KEY) {
        writes.add(new Write.Delete(DirectoryRows.accessKey(key.name())));
      }
    }
    writes.add(shared.record(id, actor));
    return writes;
  }

  private static void requireFree(CurrentRows rows, AccountId id, AccountDifference difference) {
    for (EntityKey key : difference.put().keySet()) {
      if (key.kind() == EntityKind.ACCESS_KEY) {
        Optional<AccountId> owner =
            rows.row(DirectoryRows.accessKey(key.name())).map(DirectoryRows::owner);
        if (owner.filter(each -> !each.equals(id)).isPresent()) {
          throw taken(key.name());
        }
      }
    }
  }

  /** Returns the error of an access key that another account has. */
  static DirectoryException taken(String accessKeyId) {
    return new DirectoryException(
        DirectoryException.Code.ENTITY_ALREADY_EXISTS,
        "Access key with id " + accessKeyId + " belongs to another account.");
  }
}
