package org.ostraka.engine.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.ostraka.identity.signature.KeyUse;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/**
 * When each access key and role was last used. Any thread.
 *
 * <p>A use is noted in memory, without a write. {@link #store} writes what was noted since; the
 * later use wins, so that servers that share a store do not undo each other's. A server that is
 * killed forgets what it had not stored.
 */
public final class LastUses {
  /**
   * How long the last use of a key that nobody has is kept: another server may know it from a file.
   */
  private static final Duration KEPT = Duration.ofDays(1);

  private final Store store;
  private final Map<String, KeyUse> noted = new ConcurrentHashMap<>();

  LastUses(Store store) {
    this.store = store;
  }

  /**
   * Notes a use.
   *
   * @param id the id of the access key, or the unique id of the role
   */
  void note(String id, KeyUse use) {
    KeyUse known = noted.get(id);
    if (known == null || (!known.equals(use) && !use.time().isBefore(known.time()))) {
      noted.put(id, use);
    }
  }

  /** Returns the last use that is stored or was noted here; empty when there was none. */
  public Optional<KeyUse> of(String id) {
    Optional<KeyUse> stored =
        store.read(DirectoryRows.use(id), Consistency.STRONG).map(DirectoryRows::use);
    Optional<KeyUse> here = Optional.ofNullable(noted.get(id));
    return stored.isPresent() && here.filter(use -> isLater(use, stored.get())).isEmpty()
        ? stored
        : here;
  }

  /**
   * Stores what was noted, and removes what is stored of keys and roles that are gone.
   *
   * @param exists returns whether a key or role is there
   * @param now the time
   */
  public void store(Predicate<String> exists, Instant now) {
    for (Map.Entry<String, KeyUse> entry : List.copyOf(noted.entrySet())) {
      if (exists.test(entry.getKey())) {
        store(entry.getKey(), entry.getValue());
      }
      // What was noted again meanwhile stays.
      noted.remove(entry.getKey(), entry.getValue());
    }
    List<RowKey> gone = new ArrayList<>();
    DirectoryRows.uses(
        store,
        (id, row) -> {
          boolean isOld = DirectoryRows.use(row).time().plus(KEPT).isBefore(now);
          if (isOld && !exists.test(id)) {
            gone.add(row.key());
          }
        });
    for (RowKey key : gone) {
      store.transact(List.of(key), _ -> new Verdict<>(true, List.<Write>of(new Write.Delete(key))));
    }
  }

  private void store(String id, KeyUse use) {
    RowKey key = DirectoryRows.use(id);
    store.transact(
        List.of(key),
        rows -> {
          boolean isKnown =
              rows.row(key).map(DirectoryRows::use).filter(old -> !isLater(use, old)).isPresent();
          return isKnown
              ? Verdict.unchanged(false)
              : new Verdict<>(
                  true, List.<Write>of(new Write.Put(key, DirectoryRows.encoded(id, use))));
        });
  }

  private static boolean isLater(KeyUse use, KeyUse than) {
    return use.time().isAfter(than.time());
  }
}
