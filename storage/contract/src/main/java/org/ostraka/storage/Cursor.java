package org.ostraka.storage;

import java.util.Optional;

/**
 * Rows of a range, one after the other, read from the store as they are asked for. One thread at a
 * time.
 */
public interface Cursor extends AutoCloseable {
  /**
   * Returns the next row, or nothing at the end of the range.
   *
   * @throws CorruptDataException when the next row is not what was written; the call after it goes
   *     on with the row behind
   * @throws StorageFailedException when the range cannot be read; so does every later call
   */
  Optional<Row> next();

  /** Lets go of what the store holds for this cursor. */
  @Override
  void close();
}
