package org.ostraka.storage;

/**
 * A guarded row has another version than the decision expected: nothing was written. Whoever knows
 * what the row stands for reads it again and then decides anew.
 */
public final class GuardMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient RowKey key;

  public GuardMismatchException(RowKey key) {
    super("a guarded row has another version", null, false, false);
    this.key = key;
  }

  /** Returns the key of the guarded row. */
  public RowKey key() {
    return key;
  }
}
