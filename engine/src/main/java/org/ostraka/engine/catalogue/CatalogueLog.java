package org.ostraka.engine.catalogue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.ostraka.model.AccountId;
import org.ostraka.model.TableArn;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.LogTrimmedException;
import org.ostraka.storage.Position;
import org.ostraka.storage.Store;

/**
 * The log of the catalogue's changes, and the position up to which this server has read it. Any
 * thread.
 */
final class CatalogueLog {
  /**
   * The time for which a change stays in the log. A server that is further behind reads all tables
   * again.
   */
  private static final Duration KEPT = Duration.ofDays(1);

  private static final int PAGE_RECORDS = 1_000;
  private static final long PAGE_BYTES = 1L << 20;

  private final Store store;
  private final Clock clock;
  private final ReentrantLock following = new ReentrantLock();
  private volatile AccountListener accounts = AccountListener.NONE;
  private Position followed;

  /** Makes a log that starts at the newest change. The tables have to be read after this. */
  CatalogueLog(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.followed = newest();
  }

  /** Tells a listener of changes of accounts from now on. */
  void listen(AccountListener listener) {
    accounts = listener;
  }

  Position newest() {
    return store.newest(CatalogueRows.LOG);
  }

  /**
   * Reads the changes since the last call.
   *
   * @param changed loads the tables that have changed
   * @param all loads all tables; used when changes were trimmed before they were read
   * @return the position up to which changes have been loaded
   */
  Position follow(Consumer<Collection<TableArn>> changed, Runnable all) {
    following.lock();
    try {
      LogPage page = page(all);
      while (!page.records().isEmpty()) {
        Set<TableArn> arns = new LinkedHashSet<>();
        Set<AccountId> others = new LinkedHashSet<>();
        for (LogRecord record : page.records()) {
          switch (LoggedChange.of(record.value())) {
            case CatalogueChange change -> arns.add(change.arn());
            case AccountChange change -> others.add(change.account());
          }
        }
        changed.accept(arns);
        others.forEach(accounts::changed);
        followed = page.next();
        page = page(all);
      }
      return followed;
    } finally {
      following.unlock();
    }
  }

  private LogPage page(Runnable all) {
    try {
      return read(followed, PAGE_RECORDS);
    } catch (LogTrimmedException _) {
      Position oldest = store.oldest(CatalogueRows.LOG);
      all.run();
      accounts.anyChanged();
      followed = oldest;
      return read(followed, PAGE_RECORDS);
    }
  }

  /** Removes changes that are older than a day. */
  void trim() {
    Instant limit = clock.instant().minus(KEPT);
    Position after = store.oldest(CatalogueRows.LOG);
    LogPage page = read(after, 1);
    Position last = after;
    while (!page.records().isEmpty() && isBefore(page.records().getLast(), limit)) {
      last = page.records().getLast().position();
      page = read(last, PAGE_RECORDS);
    }
    for (LogRecord record : page.records()) {
      if (isBefore(record, limit)) {
        last = record.position();
      }
    }
    if (last.compareTo(after) > 0) {
      store.trim(CatalogueRows.LOG, last);
    }
  }

  private static boolean isBefore(LogRecord record, Instant limit) {
    return record.stamp().moment().isBefore(limit);
  }

  private LogPage read(Position after, int records) {
    return store.readLog(CatalogueRows.LOG, after, records, PAGE_BYTES);
  }
}
