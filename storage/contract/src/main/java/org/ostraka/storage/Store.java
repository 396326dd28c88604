package org.ostraka.storage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Ordered rows in spaces, changed by serializable decisions over keys that are declared in advance.
 *
 * <p>Any thread may call any method. What has been seen or acknowledged is durable: no method shows
 * a write that a crash could still take back, not even through the refusal of a decision that
 * depended on it.
 *
 * <p>All methods throw {@link StorageFailedException} when nothing happened, {@link
 * OutcomeUnknownException} when a write may or may not survive, and {@link CorruptDataException}
 * when a row is not what was written.
 */
public interface Store extends AutoCloseable {

  /** The row now, or as of a recent moment where the store offers something cheaper. */
  Optional<Row> read(RowKey key, Consistency consistency);

  /**
   * Several rows, in the order of their keys; each of them as {@link #read} would show it, and not
   * all of the same moment.
   *
   * @param keys at most {@link #MAX_KEYS} keys
   */
  List<Optional<Row>> readAll(List<RowKey> keys, Consistency consistency);

  /**
   * Rows of one partition in sort order, or of a slice of all partitions in hash order; forward or
   * backward.
   *
   * <p>Each row is shown as committed at some moment between the opening of the cursor and its
   * reading. A row that exists throughout is shown exactly once.
   */
  Cursor scan(Range range, Consistency consistency);

  /**
   * Reads {@code keys}, lets {@code decision} choose the writes, and commits them atomically and
   * durably, as if alone. The decision may run more than once and must be pure. Whatever it throws
   * is thrown on, and nothing is written.
   *
   * @param keys 1 to {@link #MAX_KEYS} keys; the decision may read and write these and no others,
   *     but for rows that {@linkplain Write.Derive follow} from them
   */
  <T> T transact(Collection<RowKey> keys, Decision<T> decision);

  /**
   * Records appended to a log by committed decisions, in commit order; never skips one that commits
   * late: a reader that has seen position <i>p</i> will never find a new record at or before
   * <i>p</i>.
   *
   * @param after the last position seen, {@link Position#START} for none
   * @param limit records at most, 1 to {@link #MAX_LOG_PAGE}
   */
  LogPage readLog(LogId log, Position after, int limit);

  /**
   * Removes every row and log record of a space, durably but not necessarily at once for readers.
   * The caller sees to it that no decision on this space runs at the same time or later; a drop cut
   * short by a crash may be repeated.
   */
  void drop(Space space);

  /** Finishes what was accepted, then lets go of the disk. Calls after that fail. */
  @Override
  void close();

  /**
   * Keys of one decision, and of one reading, at most: 100 items of a transaction with up to 26
   * rows each, and room for bookkeeping.
   */
  int MAX_KEYS = 4_096;

  /** Records of one page of a log, at most. */
  int MAX_LOG_PAGE = 10_000;
}
