package org.ostraka.storage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * Ordered rows in spaces, changed by serializable decisions over keys that are declared in advance.
 *
 * <p>Any thread may call any method. What has been seen or acknowledged is durable: no method shows
 * a write that a crash could still take back, not even through the refusal of a decision that
 * depended on it.
 *
 * <p>All methods throw {@link StorageFailedException} when nothing happened, {@link
 * OutcomeUnknownException} when a write may or may not survive, and {@link CorruptDataException}
 * when a row is not what was written. What exceeds {@link #limits} is an {@link
 * IllegalArgumentException}.
 */
public interface Store extends AutoCloseable {

  /** Returns how much the store takes at once. */
  StoreLimits limits();

  /** Returns the order in which the store scans rows. */
  ScanOrder scanOrder();

  /** Returns the row now, or as of a recent moment where the store offers something cheaper. */
  Optional<Row> read(RowKey key, Consistency consistency);

  /**
   * Returns several rows by one call, in the order of their keys; each of them as {@link
   * #read(RowKey, Consistency)} would show it, and not all of the same moment.
   *
   * @param keys at most {@link StoreLimits#declaredKeys} keys
   */
  List<Optional<Row>> read(List<RowKey> keys, Consistency consistency);

  /**
   * Opens a cursor on rows of one partition in sort order, or of a slice of all partitions in the
   * store's order; forward or backward.
   *
   * <p>Each row is shown as committed at some moment between the opening of the cursor and its
   * reading. A row that exists throughout is shown exactly once.
   */
  Cursor scan(Range range, Consistency consistency, Wanted wanted);

  /**
   * Reads {@code keys}, lets {@code decision} choose the writes, and commits them atomically and
   * durably, as if alone. The decision may run more than once and must be pure. Whatever it throws
   * is thrown on, and nothing is written. An {@link AbandonedDecisionException} is thrown on at
   * once, whatever the guards.
   *
   * <p>A decision that writes gets one stamp: greater than the stamp of every row that it read, and
   * than every stamp that the store gave before on its keys. Stamp and origin are the version of
   * every row and record that it writes, unless a write is {@linkplain Write.Replicated
   * replicated}.
   *
   * @param keys 1 to {@link StoreLimits#declaredKeys} keys; the decision may read and write these
   *     and no others, but for rows that {@linkplain Write.Derive follow} from them
   * @param guards rows that must have a certain version for the decision to count
   * @throws GuardMismatchException when one of them has another one, whatever the decision would
   *     have answered
   */
  <T> T transact(Collection<RowKey> keys, Collection<Guard> guards, Decision<T> decision);

  /** Decides without guards: {@link #transact(Collection, Collection, Decision)}. */
  default <T> T transact(Collection<RowKey> keys, Decision<T> decision) {
    return transact(keys, List.of(), decision);
  }

  /**
   * Returns records that committed decisions appended to a log, in the order of their positions;
   * never skips one that commits late: a reader that has seen position <i>p</i> will never find a
   * new record at or before <i>p</i>.
   *
   * @param after the last position seen, {@link Position#START} for none
   * @param maxRecords records at most, 1 to {@link #MAX_LOG_PAGE}
   * @param maxBytes bytes of their values at most, 1 or more; a record with more comes alone
   * @throws LogTrimmedException when records after that position were trimmed
   */
  LogPage readLog(LogId log, Position after, int maxRecords, long maxBytes);

  /**
   * Returns the position after which all records of the log are still there: {@link Position#START}
   * until it is trimmed.
   */
  Position oldest(LogId log);

  /**
   * Returns the position of the newest record that readers may see, also when it was trimmed
   * meanwhile; {@link Position#START} when there was none.
   */
  Position newest(LogId log);

  /**
   * Removes the records of a log up to a position, included, durably. Positions go on as if they
   * were there. A position beyond the newest record trims all that there are.
   */
  void trim(LogId log, Position upTo);

  /**
   * Returns a stamp below which the store is complete: no decision with a stamp at or below it will
   * become visible any more, not after a restart either. It follows wall time, whether or not there
   * are writes.
   */
  Stamp floor();

  /**
   * Removes every row and log record of a space, durably but not necessarily at once for readers.
   * The caller sees to it that no decision on this space runs at the same time or later; a drop cut
   * short by a crash may be repeated.
   */
  void drop(Space space);

  /** Returns the spaces that have rows or log records. For checks: it may read everything. */
  SortedSet<Space> spaces();

  /**
   * Verifies what the store itself keeps, as far as it can be verified: checksums, the form of
   * stored keys, the positions of logs. Reads everything.
   *
   * @param problems accepts what is wrong, in words without contents of items
   */
  void check(Consumer<String> problems);

  /** Tells what the store does, for those who watch it. Cheap; any number of readers. */
  default List<Measure> measures() {
    return List.of();
  }

  /** Finishes what was accepted, then lets go of the disk. Calls after that fail. */
  @Override
  void close();

  /** Records of one page of a log, at most. */
  int MAX_LOG_PAGE = 10_000;
}
