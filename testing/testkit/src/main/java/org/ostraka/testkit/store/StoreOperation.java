package org.ostraka.testkit.store;

import java.util.List;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Range;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/** An operation that a random test does on a store and on its model. Immutable. */
sealed interface StoreOperation {
  /** Decides on some writes. */
  record Transact(List<Write> writes) implements StoreOperation {}

  /** Looks at the rows of some writes, and refuses. */
  record Refuse(List<Write> writes) implements StoreOperation {}

  /** Reads one row. */
  record Read(RowKey key) implements StoreOperation {}

  /** Scans a range to its end. */
  record Scan(Range range) implements StoreOperation {}

  /** Reads one page of a log, after the given number of the records that are there. */
  record ReadLog(LogId log, int after, int limit) implements StoreOperation {}

  /** Trims the given number of the records that are there. */
  record Trim(LogId log, int records) implements StoreOperation {}

  /** Drops a space; what comes later under its name is another space. */
  record Drop(Space space) implements StoreOperation {}

  /** Closes and reopens the store. */
  record Reopen() implements StoreOperation {}

  /** Crashes and reopens the store. */
  record Crash() implements StoreOperation {}
}
