package org.ostraka.engine.operation;

import java.util.OptionalInt;

/**
 * Faults of the real service, and of the network between its regions, that an operator turns on to
 * test how an application handles them. Any thread.
 */
public interface Anomalies {
  /** No faults. */
  Anomalies NONE =
      new Anomalies() {
        @Override
        public boolean transactionsConflict() {
          return false;
        }

        @Override
        public OptionalInt conflictAmong(int actions) {
          return OptionalInt.empty();
        }
      };

  /** Returns whether transactions can meet conflicts. If not, their items are not tracked. */
  boolean transactionsConflict();

  /**
   * Chooses whether a transaction, or a write to the item of one, meets a conflict.
   *
   * @param actions the number of the transaction's actions, 1 for a single write
   * @return the index of the action that meets it; empty when none does
   */
  OptionalInt conflictAmong(int actions);

  /** Chooses what happens to a message on its way to another region. */
  default Passage passage() {
    return Passage.CLEAR;
  }
}
