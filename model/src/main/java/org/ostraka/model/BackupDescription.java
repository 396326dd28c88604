package org.ostraka.model;

/**
 * A backup, and the table as it was when the backup was made. Immutable.
 *
 * @param size how large the table was
 */
public record BackupDescription(
    BackupDetails details,
    TableDescription table,
    TableSize size,
    TimeToLiveDescription timeToLive) {
  /** Returns the description of the backup once it is made. */
  public BackupDescription available(long sizeBytes) {
    return new BackupDescription(
        details.withStatus(BackupStatus.AVAILABLE).withSizeBytes(sizeBytes),
        table,
        size,
        timeToLive);
  }

  /** Returns the description of the backup when it is deleted. */
  public BackupDescription deleted() {
    return new BackupDescription(details.withStatus(BackupStatus.DELETED), table, size, timeToLive);
  }
}
