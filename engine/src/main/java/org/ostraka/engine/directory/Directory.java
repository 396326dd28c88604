package org.ostraka.engine.directory;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.ostraka.engine.catalogue.AccountListener;
import org.ostraka.engine.catalogue.SharedChanges;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.DirectoryException;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;

/**
 * The accounts and their principals, of all that share the store. Any thread.
 *
 * <p>The store is authoritative: a change of an account is one decision on the row with the number
 * of its changes, and other servers may change it at the same time. This class keeps all accounts
 * in memory, so that a request finds its principal without a read. A change is returned when every
 * server has seen it. So it counts from the next request on.
 *
 * <p>An operator may declare accounts beside those that are stored: see {@link #declare}.
 */
public final class Directory {
  /** The maximum number of attempts at one change; an account rarely changes twice during one. */
  private static final int MAX_ATTEMPTS = 100;

  private final AccountStore accounts;
  private final SharedChanges shared;
  private final LastUses uses;
  private final ReentrantLock loading = new ReentrantLock();
  private final Map<AccountId, OpenAccount> open = new ConcurrentHashMap<>();
  private final Set<AccountId> uncertain = ConcurrentHashMap.newKeySet();
  private volatile Declared declared = Declared.NONE;
  private volatile boolean everUsed;
  private volatile Map<String, AccountId> keyOwners = Map.of();

  private Directory(Store store, SharedChanges shared, SecretSeal seal) {
    this.accounts = new AccountStore(store, shared, seal);
    this.shared = shared;
    this.uses = new LastUses(store);
  }

  /**
   * Opens the directory of a store.
   *
   * @param shared the way by which changes reach all servers
   * @param seal opens the secrets
   * @throws org.ostraka.secret.MasterKeyException when there are secrets and the master key is not
   *     theirs
   */
  public static Directory open(Store store, SharedChanges shared, SecretSeal seal) {
    Directory directory = new Directory(store, shared, seal);
    shared.listen(directory.listener());
    directory.loadAll();
    return directory;
  }

  private AccountListener listener() {
    return new AccountListener() {
      @Override
      public void changed(AccountId account) {
        load(account, stored(account));
      }

      @Override
      public void anyChanged() {
        loadAll();
      }
    };
  }

  /**
   * Returns whether any principal is defined, or ever was, stored or declared: deleting the last
   * one must not open the server to everybody.
   */
  public boolean isUsed() {
    return everUsed;
  }

  /** Returns the accounts in which something is defined or ever was. */
  public Set<AccountId> accounts() {
    return Set.copyOf(open.keySet());
  }

  /** Returns an account as it is now. */
  public Account account(AccountId id) {
    return current(id).account();
  }

  /** Returns the account that has an access key, as it is now. */
  public Optional<OpenAccount> ownerOf(String accessKeyId) {
    return Optional.ofNullable(keyOwners.get(accessKeyId)).map(this::current);
  }

  /** Returns when keys and roles were last used. */
  public LastUses uses() {
    return uses;
  }

  /** Stores when keys and roles were last used, which is otherwise only in memory. */
  public void storeUses(Instant now) {
    uses.store(
        id ->
            keyOwners.containsKey(id)
                || open.values().stream().anyMatch(account -> account.role(id).isPresent()),
        now);
  }

  /** Returns an account as requests use it. */
  public OpenAccount current(AccountId id) {
    if (!uncertain.isEmpty() && uncertain.contains(id)) {
      load(id, stored(id));
    }
    OpenAccount found = open.get(id);
    return found == null ? new OpenAccount(nothing(id), declared.of(id)) : found;
  }

  /**
   * Changes an account.
   *
   * @param actor who makes the change
   * @param change returns the account as it is to be, or refuses. Pure: it may run more than once.
   * @return the account afterwards
   * @throws DirectoryException when the change is refused, or concerns what an operator has
   *     declared
   */
  public Account change(Principal actor, AccountId id, UnaryOperator<Account> change) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      OpenAccount before = current(id);
      Account after = change.apply(before.account());
      AccountDifference difference = AccountDifference.between(before.account(), after);
      if (difference.isEmpty()) {
        return after;
      }
      declared.requireUntouched(id, difference);
      if (commit(actor, before, difference)) {
        return after;
      }
      load(id, before.stored());
    }
    throw new StorageFailedException(
        "the account kept changing during " + MAX_ATTEMPTS + " attempts at a change");
  }

  private boolean commit(Principal actor, OpenAccount before, AccountDifference difference) {
    AccountId id = before.account().id();
    AccountStore.Stored stored = before.stored();
    boolean isDone;
    try {
      isDone = accounts.change(actor, id, stored.changes(), difference);
    } catch (OutcomeUnknownException unknown) {
      uncertain.add(id);
      throw unknown;
    }
    if (isDone) {
      publish(
          new AccountStore.Stored(difference.appliedTo(stored.account()), stored.changes() + 1));
    }
    return isDone;
  }

  /**
   * Loads a stored change and waits until every server has seen it. A failure is reported as an
   * unknown outcome, never as "not done".
   */
  private void publish(AccountStore.Stored changed) {
    AccountId id = changed.account().id();
    try {
      uncertain.add(id);
      load(id, changed);
      shared.awaitSeen();
    } catch (StorageFailedException failure) {
      throw new OutcomeUnknownException(
          "the change of the account is stored, but not every server may have seen it", failure);
    }
  }

  /**
   * Puts accounts beside the stored ones. They replace those that were declared before.
   *
   * @param source where they are declared, for messages
   * @throws DirectoryException when one has an entity or an access key that is stored too
   */
  public void declare(String source, Collection<Account> others) {
    Declared next = Declared.of(source, others);
    loading.lock();
    try {
      next.accounts().forEach(id -> next.requireNew(stored(id).account()));
      next.requireNewKeys(open.values().stream().map(each -> each.stored().account()).toList());
      Set<AccountId> all = new LinkedHashSet<>(open.keySet());
      all.addAll(next.accounts());
      declared = next;
      all.forEach(id -> use(stored(id)));
      indexKeys();
    } finally {
      loading.unlock();
    }
  }

  private AccountStore.Stored stored(AccountId id) {
    OpenAccount found = open.get(id);
    return found == null ? nothing(id) : found.stored();
  }

  private static AccountStore.Stored nothing(AccountId id) {
    return new AccountStore.Stored(new Account(id), 0);
  }

  /** Uses an account as it is stored, together with what is declared. */
  private void use(AccountStore.Stored stored) {
    AccountId id = stored.account().id();
    if (stored.changes() > 0 || declared.accounts().contains(id)) {
      open.put(id, new OpenAccount(stored, declared.of(id)));
      everUsed = true;
    } else {
      open.remove(id);
    }
  }

  private void loadAll() {
    accounts.all().forEach(id -> load(id, stored(id)));
  }

  /**
   * Loads the stored state of an account.
   *
   * @param known how it probably is
   */
  private void load(AccountId id, AccountStore.Stored known) {
    loading.lock();
    try {
      // Before the read: a change that is marked meanwhile may be missing from what is read.
      uncertain.remove(id);
      AccountStore.Stored now = accounts.read(id, known);
      if (now.changes() != stored(id).changes()) {
        use(now);
        indexKeys();
      }
    } catch (RuntimeException | Error failure) {
      uncertain.add(id);
      throw failure;
    } finally {
      loading.unlock();
    }
  }

  private void indexKeys() {
    Map<String, AccountId> owners = new HashMap<>();
    open.forEach(
        (id, account) -> account.account().accessKeys().forEach(key -> owners.put(key.id(), id)));
    keyOwners = Map.copyOf(owners);
  }
}
