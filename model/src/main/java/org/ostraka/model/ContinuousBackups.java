package org.ostraka.model;

import java.time.Instant;
import java.util.Optional;

/**
 * How a table is backed up continuously. Immutable.
 *
 * @param enabled whether backups can be made of the table
 * @param pointInTime the times to which it can be restored; absent when it cannot
 */
public record ContinuousBackups(boolean enabled, Optional<Window> pointInTime) {
  /**
   * The times to which a table can be restored. Immutable.
   *
   * @param days how many days back, at most
   */
  public record Window(int days, Instant earliest, Instant latest) {}
}
