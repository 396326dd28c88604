package org.ostraka.storage.volume;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Direction;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Position;
import org.ostraka.storage.Row;

/**
 * Reads all of a volume and verifies what holds of every entry: its key can be one, its checksum
 * fits, and the positions of each log have no gap. One thread.
 */
public final class VolumeCheck {
  private static final byte[] LEAST = {};
  private static final byte[] BEYOND_ALL = {(byte) 0xFF};

  private final Consumer<Row> rows;
  private final Consumer<String> problems;
  private @Nullable LogId log;
  private Position last = Position.START;
  private long records;

  /**
   * @param rows told every sound row, in order: by space, and within a space by hash
   * @param problems told everything that is wrong, without contents of items
   */
  public VolumeCheck(Consumer<Row> rows, Consumer<String> problems) {
    this.rows = rows;
    this.problems = problems;
  }

  /** Verifies the volume, and returns how many log records it has. */
  public long run(Volume volume) {
    try (VolumeCursor cursor = volume.scan(LEAST, BEYOND_ALL, Direction.FORWARD)) {
      Optional<VolumeCursor.Entry> entry = cursor.next();
      while (entry.isPresent()) {
        check(entry.get());
        entry = cursor.next();
      }
    }
    return records;
  }

  private void check(VolumeCursor.Entry entry) {
    try {
      switch (StoredKey.decode(entry.key())) {
        case StoredKey.Decoded.OfRow row ->
            rows.accept(new Row(row.key(), StoredValue.content(entry.key(), entry.value())));
        case StoredKey.Decoded.OfRecord record -> {
          var _ = StoredValue.content(entry.key(), entry.value());
          checkPosition(record);
        }
      }
    } catch (CorruptDataException damage) {
      problems.accept(damage.getMessage() + " (stored key of " + entry.key().length + " bytes)");
    }
  }

  private void checkPosition(StoredKey.Decoded.OfRecord record) {
    if (!record.log().equals(log)) {
      log = record.log();
      last = Position.START;
    }
    if (record.position().value() != last.value() + 1) {
      problems.accept(
          "log "
              + record.log().space().id()
              + " has position "
              + record.position().value()
              + " after "
              + last.value());
    }
    last = record.position();
    records++;
  }
}
