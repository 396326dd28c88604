package org.ostraka.storage;

import java.util.Optional;

/**
 * Rows of a range, one after the other, read from the store as they are asked for. One thread at a
 * time.
 */
public interface Cursor extends AutoCloseable {
  /** The next row, or nothing at the end of the range. */
  Optional<Row> next();

  /** Lets go of what the store holds for this cursor. */
  @Override
  void close();
}
