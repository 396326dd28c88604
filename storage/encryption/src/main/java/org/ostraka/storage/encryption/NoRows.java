package org.ostraka.storage.encryption;

import java.util.Optional;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Row;

/** A cursor on nothing. Immutable. */
record NoRows() implements Cursor {
  @Override
  public Optional<Row> next() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // holds nothing
  }
}
