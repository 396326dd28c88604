package org.ostraka.storage.volume;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Version;

/**
 * What a decision has chosen for a row and the disk does not have yet: a value, or none. Immutable
 * once its submission has a stamp.
 */
final class PendingRow {
  private final @Nullable Bytes value;
  private final @Nullable Version replicated;
  private final Submission submission;

  /**
   * Makes a row.
   *
   * @param value null when there is no such row any more
   * @param replicated the version that a replicated write keeps, null for the submission's own
   */
  PendingRow(@Nullable Bytes value, @Nullable Version replicated, Submission submission) {
    this.value = value;
    this.replicated = replicated;
    this.submission = submission;
  }

  /** Returns the row, or null when there is none any more. */
  @Nullable VersionedValue row() {
    return value == null ? null : new VersionedValue(version(), value);
  }

  Ticket ticket() {
    return submission.ticket();
  }

  private Version version() {
    return replicated == null ? submission.version() : replicated;
  }
}
