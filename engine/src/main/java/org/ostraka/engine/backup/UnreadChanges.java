package org.ostraka.engine.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;

/**
 * The changes of a table that are not archived yet, from all shards of its log, up to a number of
 * bytes. Changes of one item are in their order. One thread.
 */
final class UnreadChanges {
  private final Store store;
  private final LogHistory history;
  private final long maxBytes;
  private final List<LogRecord> records = new ArrayList<>();
  private LogReader reader;
  private long bytes;

  private UnreadChanges(Store store, LogReader reader, LogHistory history, long maxBytes) {
    this.store = store;
    this.reader = reader;
    this.history = history;
    this.maxBytes = maxBytes;
  }

  /**
   * Reads changes.
   *
   * @param history the table's shards, read after the floor that the caller relies on
   * @throws org.ostraka.storage.LogTrimmedException when changes were removed before
   */
  static UnreadChanges read(Store store, LogReader reader, LogHistory history, long maxBytes) {
    UnreadChanges unread = new UnreadChanges(store, reader, history, maxBytes);
    Optional<LogHistory.Shard> shard = unread.nextShard();
    while (shard.isPresent() && !unread.isFull()) {
      unread.read(shard.get());
      shard = unread.nextShard();
    }
    return unread;
  }

  /** Returns a shard that can be read now and has more; empty when there is none. */
  private Optional<LogHistory.Shard> nextShard() {
    return reader.readable(history).stream().filter(this::hasMore).findFirst();
  }

  private boolean hasMore(LogHistory.Shard shard) {
    return shard.closed().isPresent()
        || store.newest(shard.id()).compareTo(reader.cursor(shard.space())) > 0;
  }

  private void read(LogHistory.Shard shard) {
    LogPage page =
        store.readLog(
            shard.id(),
            reader.cursor(shard.space()),
            Store.MAX_LOG_PAGE,
            Math.max(1, maxBytes - bytes));
    for (LogRecord record : page.records()) {
      records.add(record);
      bytes += record.value().sizeBytes();
    }
    reader = reader.delivered(shard.space(), page.next());
    if (shard.closed().isPresent() && page.next().compareTo(store.newest(shard.id())) >= 0) {
      reader = reader.finished(shard.space());
    }
  }

  private boolean isFull() {
    return bytes >= maxBytes;
  }

  /** Returns whether nothing was left to read. */
  boolean areAll() {
    return !isFull();
  }

  List<LogRecord> records() {
    return records;
  }

  long bytes() {
    return bytes;
  }

  /** Returns the reader after these changes. */
  LogReader reader() {
    return reader.within(history);
  }

  Stamp first() {
    return records.stream().map(LogRecord::stamp).min(Stamp::compareTo).orElse(Stamp.ZERO);
  }

  Stamp last() {
    return records.stream().map(LogRecord::stamp).max(Stamp::compareTo).orElse(Stamp.ZERO);
  }
}
