package org.ostraka.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A backup, without the table. Immutable.
 *
 * @param sizeBytes the size of its items
 * @param expiry when it is removed; absent if it is kept until somebody deletes it
 */
public record BackupDetails(
    BackupArn arn,
    String name,
    long sizeBytes,
    BackupStatus status,
    BackupType type,
    Instant created,
    Optional<Instant> expiry) {
  public BackupDetails withStatus(BackupStatus next) {
    return new BackupDetails(arn, name, sizeBytes, next, type, created, expiry);
  }

  public BackupDetails withSizeBytes(long bytes) {
    return new BackupDetails(arn, name, bytes, status, type, created, expiry);
  }
}
