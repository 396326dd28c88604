package org.ostraka.engine.backup;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Row;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Write;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.Segment;

/** Verifies the rows of backups, and the objects that they name. Stateless. */
public final class BackupCheck {
  private BackupCheck() {}

  /** Returns whether a row belongs to backups. */
  public static boolean isOfBackups(Row row) {
    return row.key().space().equals(BackupRows.SPACE);
  }

  /** Returns the space of the rows of backups. */
  public static Space space() {
    return BackupRows.SPACE;
  }

  /** Returns whether a row says which archive is the store's own. */
  public static boolean isArchiveId(Row row) {
    return row.key().equals(BackupRows.ARCHIVE_ID);
  }

  /** Verifies one row and reports problems. */
  public static void row(Row row, Consumer<String> problems) {
    try {
      if (BackupRows.isOfBackup(row)) {
        requireKey(row, BackupRows.put(BackupItem.backup(row.value())));
      } else if (BackupRows.isOfChain(row)) {
        requireKey(row, BackupRows.put(ChainItem.chain(row.value())));
      } else if (BackupRows.isOfSegment(row)) {
        requireKey(row, BackupRows.put(ChainItem.segment(row.value())));
      } else if (BackupRows.isOfJob(row)) {
        requireKey(row, BackupRows.put(ChainItem.job(row.value())));
      } else if (!row.key().equals(BackupRows.ARCHIVE_ID)) {
        problems.accept("a row of backups is of no known kind");
      }
    } catch (CorruptDataException damage) {
      problems.accept("a row of backups is damaged: " + damage.getMessage());
    }
  }

  private static void requireKey(Row row, Write written) {
    if (!(written instanceof Write.Put put) || !put.key().equals(row.key())) {
      throw new CorruptDataException("it is stored under the key of another one");
    }
  }

  /**
   * Reads every object that a row names, and reports those that are missing or damaged.
   *
   * @return the number of objects
   */
  public static long archive(Store store, Archive archive, Consumer<String> problems) {
    BackupRows rows = new BackupRows(store);
    Set<String> checked = new HashSet<>();
    for (Chain chain : rows.chains()) {
      try (BackupRows.Segments segments = rows.segments(chain.id(), 0, Direction.FORWARD)) {
        Optional<ArchivedSegment> next = segments.next();
        while (next.isPresent()) {
          segment(archive, next.get(), problems);
          checked.add(next.get().name());
          next = segments.next();
        }
      }
    }
    return checked.size();
  }

  private static void segment(Archive archive, ArchivedSegment segment, Consumer<String> problems) {
    try {
      Segment read = Segment.read(archive, segment.name());
      if (read.records().size() != segment.records()) {
        problems.accept("object " + segment.name() + " of the archive has lost records");
      }
    } catch (CorruptDataException damage) {
      problems.accept(String.valueOf(damage.getMessage()));
    }
  }
}
