package org.ostraka.storage.volume;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Direction;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Position;
import org.ostraka.storage.Space;

/**
 * Reads all of a volume and verifies what holds of every entry: its key can be one, its checksum
 * fits, and the positions of each log have no gap from where the log was trimmed to its newest
 * record. One thread.
 */
final class VolumeCheck {
  private static final byte[] LEAST = {};
  private static final byte[] BEYOND_ALL = {(byte) 0xFF};

  private final Consumer<String> problems;
  private @Nullable LogId log;
  private LogBounds bounds = LogBounds.NONE;
  private Position last = Position.START;

  /**
   * Makes a check.
   *
   * @param problems accepts everything that is wrong, without contents of items
   */
  VolumeCheck(Consumer<String> problems) {
    this.problems = problems;
  }

  /** Verifies the volume. */
  void run(Volume volume) {
    try (VolumeCursor cursor = volume.scan(LEAST, BEYOND_ALL, Direction.FORWARD)) {
      Optional<VolumeCursor.Entry> entry = cursor.next();
      while (entry.isPresent()) {
        check(volume, entry.get());
        entry = cursor.next();
      }
    }
    finishLog();
  }

  /** Returns the spaces that a volume has entries of. */
  static SortedSet<Space> spaces(Volume volume) {
    SortedSet<Space> spaces = new TreeSet<>();
    collect(volume, StoredKey::rowsOf, spaces);
    collect(volume, StoredKey::recordsOf, spaces);
    return spaces;
  }

  /** The stored keys of one kind that belong to a space. */
  @FunctionalInterface
  interface Entries {
    StoredKey.Span of(Space space);
  }

  /** Adds the spaces of one kind of entry, each found by one look at what comes after the last. */
  static void collect(Volume volume, Entries entries, SortedSet<Space> spaces) {
    byte[] from = entries.of(new Space(0)).from();
    byte[] to = entries.of(new Space(Long.MAX_VALUE)).to();
    while (true) {
      Optional<VolumeCursor.Entry> first;
      try (VolumeCursor cursor = volume.scan(from, to, Direction.FORWARD)) {
        first = cursor.next();
      }
      if (first.isEmpty()) {
        return;
      }
      Space space = StoredKey.space(first.get().key());
      spaces.add(space);
      from = entries.of(space).to();
    }
  }

  private void check(Volume volume, VolumeCursor.Entry entry) {
    try {
      switch (StoredKey.decode(entry.key())) {
        case StoredKey.Decoded.OfRow _ -> StoredValue.row(entry.key(), entry.value());
        case StoredKey.Decoded.OfRecord record -> {
          checkPosition(volume, record);
          StoredValue.record(entry.key(), entry.value());
        }
        case StoredKey.Decoded.OfBounds _ -> StoredValue.bounds(entry.key(), entry.value());
        case StoredKey.Decoded.OfClock _ -> StoredValue.clock(entry.key(), entry.value());
      }
    } catch (CorruptDataException damage) {
      problems.accept(damage.getMessage() + " (stored key of " + entry.key().length + " bytes)");
    }
  }

  private void checkPosition(Volume volume, StoredKey.Decoded.OfRecord record) {
    if (!record.log().equals(log)) {
      finishLog();
      log = record.log();
      bounds = Logs.trimmed(volume, record.log());
      last = new Position(bounds.trimmed());
    }
    if (record.position().value() != last.value() + 1) {
      report(record.log(), "has position " + record.position().value() + " after " + last.value());
    }
    last = record.position();
  }

  /** A log that has records has its newest one, too: only a trimming removes any. */
  private void finishLog() {
    if (log != null && last.value() < bounds.newest()) {
      report(log, "ends at position " + last.value() + " and once had " + bounds.newest());
    }
  }

  private void report(LogId of, String what) {
    problems.accept("log " + of.space().id() + " " + what);
  }
}
