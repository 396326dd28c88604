package org.ostraka.storage.volume;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Row;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;

/** Rows from a volume's entries. One thread at a time. */
final class RowCursor implements Cursor {
  private final VolumeCursor entries;
  private final Gate gate;
  private @Nullable StorageException failure;

  RowCursor(VolumeCursor entries, Gate gate) {
    this.entries = entries;
    this.gate = gate;
  }

  @Override
  public Optional<Row> next() {
    try (Gate.Pass _ = gate.enter()) {
      return entry().map(RowCursor::row);
    }
  }

  /** Returns the next entry; after a failure there is none any more. */
  private Optional<VolumeCursor.Entry> entry() {
    StorageException before = failure;
    if (before != null) {
      throw new StorageFailedException("the cursor has failed before", before);
    }
    try {
      return entries.next();
    } catch (StorageException failed) {
      failure = failed;
      throw failed;
    }
  }

  @Override
  public void close() {
    entries.close();
  }

  private static Row row(VolumeCursor.Entry entry) {
    return StoredValue.row(entry.key(), entry.value()).at(StoredKey.decodeRow(entry.key()));
  }
}
