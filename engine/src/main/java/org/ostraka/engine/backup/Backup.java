package org.ostraka.engine.backup;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.ostraka.model.BackupArn;
import org.ostraka.model.BackupDescription;
import org.ostraka.storage.Stamp;

/**
 * A backup as it is stored. Immutable.
 *
 * @param description what the API shows
 * @param chain the id of the chain that has its items
 * @param stamp the stamp of the state; absent while the backup is being made
 */
record Backup(BackupDescription description, UUID chain, Optional<Stamp> stamp) {
  BackupArn arn() {
    return description.details().arn();
  }

  Backup available(Stamp at, long sizeBytes) {
    return new Backup(description.available(sizeBytes), chain, Optional.of(at));
  }

  /** Returns whether a SYSTEM backup is due to be removed. */
  boolean isExpired(Instant now) {
    return description.details().expiry().filter(expiry -> !now.isBefore(expiry)).isPresent();
  }
}
