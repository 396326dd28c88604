package org.ostraka.engine.backup;

import org.ostraka.model.error.ValidationException;

/**
 * What operations need of the archive. Any thread.
 *
 * @param isThere whether there is an archive; without one nothing is backed up or restored
 * @param archiving run when there may be something to archive
 * @param restoring run when there may be a table to restore
 */
public record ArchiveAccess(boolean isThere, Runnable archiving, Runnable restoring) {
  /** No archive. */
  public static final ArchiveAccess NONE = new ArchiveAccess(false, () -> {}, () -> {});

  /** An archive that somebody looks after without being told. */
  public static final ArchiveAccess UNTOLD = new ArchiveAccess(true, () -> {}, () -> {});

  /**
   * Refuses what needs an archive if there is none.
   *
   * @throws ValidationException with a text of our own, since the service always has one
   */
  void require() {
    if (!isThere) {
      throw new ValidationException(
          "Backups and recovery are not available: the server was started without an archive"
              + " (--archive)");
    }
  }
}
