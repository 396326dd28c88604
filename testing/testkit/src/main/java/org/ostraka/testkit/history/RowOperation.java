package org.ostraka.testkit.history;

/**
 * What a client did to one row, and what it saw. Immutable.
 *
 * <p>Each write of a row has a value of its own, so that who sees a value knows who wrote it;
 * {@link #ABSENT} stands for a row that does not exist.
 */
public sealed interface RowOperation {
  /** The value of a row that does not exist. */
  long ABSENT = 0;

  /** Which row. */
  String row();

  /** The row was seen to have a value, or to be absent. */
  record Read(String row, long seen) implements RowOperation {}

  /** The row was given a value, whatever it had before. */
  record Write(String row, long value) implements RowOperation {}

  /** The row was removed, whatever it had before. */
  record Delete(String row) implements RowOperation {}

  /**
   * The row was given a value if it had the one expected.
   *
   * @param seen what the row had; if it is {@code expected}, the value was written. Means nothing
   *     where the outcome is unknown.
   */
  record CompareAndSet(String row, long expected, long value, long seen) implements RowOperation {
    boolean isSet() {
      return seen == expected;
    }
  }
}
