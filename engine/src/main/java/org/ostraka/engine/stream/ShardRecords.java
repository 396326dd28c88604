package org.ostraka.engine.stream;

import java.time.Instant;
import org.ostraka.model.error.TrimmedDataAccessException;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.LogTrimmedException;
import org.ostraka.storage.Position;
import org.ostraka.storage.Store;

/**
 * The records of one shard that can be read at a moment. The log may keep older ones for other
 * readers. Immutable.
 *
 * @param now the moment
 */
record ShardRecords(Store store, LogId log, Instant now) {
  /** The bytes that are read at once to find the oldest record. */
  private static final long PAGE_BYTES = 1 << 20;

  /** Returns the position after which all records can be read. */
  Position horizon() {
    Position after = store.oldest(log);
    while (true) {
      LogPage page = skip(after, 1);
      if (page.records().isEmpty() || !isExpired(page.records().getFirst())) {
        return after;
      }
      page = skip(after, Store.MAX_LOG_PAGE);
      for (LogRecord record : page.records()) {
        if (!isExpired(record)) {
          return after;
        }
        after = record.position();
      }
    }
  }

  /** Reads a page, further on when the log was trimmed meanwhile. */
  private LogPage skip(Position after, int records) {
    try {
      return store.readLog(log, after, records, PAGE_BYTES);
    } catch (LogTrimmedException _) {
      return store.readLog(log, store.oldest(log), records, PAGE_BYTES);
    }
  }

  Position newest() {
    return store.newest(log);
  }

  /**
   * Returns a position when the record after it, if there is one, can be read.
   *
   * @throws TrimmedDataAccessException when it cannot be read any more
   */
  Position requireKept(Position after) {
    page(after, 1, 1);
    return after;
  }

  /**
   * Returns the records after a position.
   *
   * @throws TrimmedDataAccessException when the first of them cannot be read any more
   */
  LogPage page(Position after, int maxRecords, long maxBytes) {
    LogPage page;
    try {
      page = store.readLog(log, after, maxRecords, maxBytes);
    } catch (LogTrimmedException _) {
      throw trimmed();
    }
    if (!page.records().isEmpty() && isExpired(page.records().getFirst())) {
      throw trimmed();
    }
    return page;
  }

  private boolean isExpired(LogRecord record) {
    return !now.isBefore(record.stamp().moment().plus(StreamView.RETENTION));
  }

  /** The text is that of node-dynamodb-stream issue 13. */
  private static TrimmedDataAccessException trimmed() {
    return new TrimmedDataAccessException("The data you are trying to access has been trimmed");
  }
}
