package org.ostraka.engine.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.LogShard;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.engine.stream.StreamChange;
import org.ostraka.model.BackupArn;
import org.ostraka.model.BackupDescription;
import org.ostraka.model.BackupDetails;
import org.ostraka.model.BackupStatus;
import org.ostraka.model.BackupType;
import org.ostraka.model.Principal;
import org.ostraka.model.TimeToLiveDescription;
import org.ostraka.storage.Space;

/** The beginnings of backups. Stateless. */
final class BackupStart {
  /** How long the backup of a deleted table is kept. */
  static final Duration SYSTEM_BACKUP_KEPT = Duration.ofDays(35);

  private BackupStart() {}

  /** Returns the description of a backup that is being made. */
  static BackupDescription describe(
      OpenTable table, TableRecord record, BackupDetails details, Instant now) {
    return new BackupDescription(
        details,
        record.description(),
        table.size(),
        record
            .timeToLive()
            .map(ttl -> ttl.description(now))
            .orElse(TimeToLiveDescription.DISABLED));
  }

  /** Returns the backup of a table that is deleted, which its chain already has. */
  static Backup ofDeletedTable(OpenTable table, TableRecord record, Chain chain, Instant time) {
    Instant now = time.truncatedTo(ChronoUnit.MILLIS);
    BackupDetails details =
        new BackupDetails(
            BackupArn.of(chain.table(), now, 0),
            chain.table().table() + "$DeletedTableBackup",
            table.size().sizeBytes(),
            BackupStatus.AVAILABLE,
            BackupType.SYSTEM,
            now,
            Optional.of(now.plus(SYSTEM_BACKUP_KEPT)));
    return new Backup(
        describe(table, record, details, now), chain.id(), Optional.of(chain.complete()));
  }

  /**
   * Makes a table record its changes for a backup, and keeps it from being dropped meanwhile.
   *
   * @throws org.ostraka.model.error.ResourceNotFoundException when the table is gone
   */
  static void hold(Catalogue catalogue, Chain chain, StreamSettings streams, Instant now) {
    var _ =
        catalogue.changeWithSpace(
            Principal.Service.SERVER,
            chain.table(),
            record -> space -> held(record, chain, space, streams, now));
  }

  private static TableRecord held(
      TableRecord record, Chain chain, Space space, StreamSettings streams, Instant now) {
    return record.description().id().equals(chain.tableId())
        ? StreamChange.withNeededShards(
            record.withRecovery(record.recovery().withHold(chain.id())), space, streams, now)
        : record;
  }

  /** Returns the first of the table's open shards, which were all opened at the same time. */
  static Space firstShard(TableRecord record) {
    return record.spaces().changes().stream()
        .flatMap(log -> log.shards().stream())
        .map(LogShard::space)
        .min(Space::compareTo)
        .orElse(new Space(0));
  }
}
