package org.ostraka.testkit.history;

/**
 * An operation of a client on one row, and the value that it saw. Immutable.
 *
 * <p>Each write of a row has a value of its own, so a value identifies its write; {@link #ABSENT}
 * stands for a row that does not exist.
 */
public sealed interface RowOperation {
  /** The value of a row that does not exist. */
  long ABSENT = 0;

  /** Returns the row's name. */
  String row();

  /** A read, which saw a value or that the row is absent. */
  record Read(String row, long seen) implements RowOperation {}

  /** A write that does not depend on the old value. */
  record Write(String row, long value) implements RowOperation {}

  /** A delete that does not depend on the old value. */
  record Delete(String row) implements RowOperation {}

  /**
   * A write that takes effect only if the row has the expected value.
   *
   * @param seen the row's value; the write took effect if it equals {@code expected}. Without
   *     meaning where the outcome is unknown.
   */
  record CompareAndSet(String row, long expected, long value, long seen) implements RowOperation {
    boolean isSet() {
      return seen == expected;
    }
  }
}
