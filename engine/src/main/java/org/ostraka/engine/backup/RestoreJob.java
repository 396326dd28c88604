package org.ostraka.engine.backup;

import java.util.Optional;
import java.util.UUID;
import org.ostraka.engine.catalogue.Recovery;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Stamp;

/**
 * The filling of a table from a chain, and how far it has come. Immutable.
 *
 * @param target the table that is filled
 * @param backupArn the backup that is restored; absent for a point in time
 * @param stamp the stamp of the state to restore
 * @param progress how far it has come; absent until the chain has all that is needed
 */
record RestoreJob(
    TableArn target,
    UUID targetId,
    UUID chain,
    Optional<String> backupArn,
    Stamp stamp,
    Optional<Progress> progress) {

  /** The steps of filling a table, in their order. */
  enum Phase {
    /** The rows of the base are written. */
    BASE,
    /** Changes are repeated, up to the stamp or the base's cut, whichever is later. */
    FORWARD,
    /** Changes after the stamp are taken back, the newest one first. */
    BACKWARD,
    /** The table has its items. */
    DONE
  }

  /**
   * How far a job has come. Immutable.
   *
   * @param base the number of the base that is used
   * @param segment the segment that is being worked on
   * @param record the number of its records that are done, in the direction of the phase
   */
  record Progress(int base, Phase phase, long segment, long record) {}

  /** Begins the job of a table that is being restored. */
  static RestoreJob begin(TableRecord record) {
    Recovery.Restoration restoration = record.recovery().restoration().orElseThrow();
    return new RestoreJob(
        record.description().arn(),
        record.description().id(),
        restoration.chain(),
        restoration.summary().backupArn(),
        restoration.stamp(),
        Optional.empty());
  }

  RestoreJob at(Progress next) {
    return new RestoreJob(target, targetId, chain, backupArn, stamp, Optional.of(next));
  }
}
