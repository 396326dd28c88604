package org.ostraka.storage;

import java.util.Optional;

/**
 * The declared rows as a decision finds them. Valid only while the decision runs, on its thread.
 */
@FunctionalInterface
public interface CurrentRows {
  /**
   * The row of a declared key, if it exists.
   *
   * @throws IllegalArgumentException for a key that was not declared
   */
  Optional<Row> row(RowKey key);
}
