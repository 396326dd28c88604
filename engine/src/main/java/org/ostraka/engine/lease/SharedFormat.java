package org.ostraka.engine.lease;

import java.util.Optional;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Row;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;

/**
 * The format of rows in a store that servers of several versions may share while they are upgraded.
 * Immutable.
 *
 * <p>A new format takes two versions of the program: the first one reads it and still writes the
 * one before, the second one writes it.
 *
 * @param written the format that a server writes
 * @param read the newest format that it reads
 */
public record SharedFormat(int written, int read) {
  /** The format of a store that says nothing of it. */
  static final int FIRST = 1;

  /** What this program does. */
  public static final SharedFormat CURRENT = new SharedFormat(FIRST, FIRST);

  public SharedFormat {
    if (written < FIRST || read < written) {
      throw new IllegalArgumentException("a server reads what it writes: " + written + ", " + read);
    }
  }

  /**
   * Requires that this format reads a store.
   *
   * @throws StorageFailedException when the store has a newer one
   */
  public void requireReads(Store store) {
    requireReads(store.read(LeaseRows.format(), Consistency.STRONG));
  }

  /** Requires that this format reads a store, by its row of the format. */
  void requireReads(Optional<Row> stored) {
    int version = LeaseRows.format(stored);
    if (version > read) {
      throw new StorageFailedException(
          "the data has format %d, and this program reads formats up to %d: use a newer program"
              .formatted(version, read));
    }
  }
}
