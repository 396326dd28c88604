package org.ostraka.storage.volume;

import java.util.Optional;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Row;

/** Rows from a volume's entries. One thread at a time. */
final class RowCursor implements Cursor {
  private final VolumeCursor entries;
  private final Gate gate;

  RowCursor(VolumeCursor entries, Gate gate) {
    this.entries = entries;
    this.gate = gate;
  }

  @Override
  public Optional<Row> next() {
    try (Gate.Pass _ = gate.enter()) {
      return entries.next().map(RowCursor::row);
    }
  }

  @Override
  public void close() {
    entries.close();
  }

  private static Row row(VolumeCursor.Entry entry) {
    return new Row(
        StoredKey.decodeRow(entry.key()), StoredValue.content(entry.key(), entry.value()));
  }
}
