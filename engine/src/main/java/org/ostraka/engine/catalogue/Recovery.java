package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ostraka.model.RestoreSummary;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;

/**
 * How a table is backed up, and what it is being restored from. Immutable.
 *
 * @param pointInTime the recovery to any point in time; absent when it is off
 * @param holds the backups that still need the table's rows: its deletion is not over before they
 *     have them
 * @param restoration what the table is being restored from; absent when it is not
 * @param importArn the ARN of the import that fills the table; absent when none does
 */
public record Recovery(
    Optional<PointInTime> pointInTime,
    Set<UUID> holds,
    Optional<Restoration> restoration,
    Optional<String> importArn) {
  /** A table of which nothing is backed up. */
  public static final Recovery NONE =
      new Recovery(Optional.empty(), Set.of(), Optional.empty(), Optional.empty());

  public Recovery {
    holds = Set.copyOf(holds);
  }

  /**
   * Point-in-time recovery that is on. Immutable.
   *
   * @param chain the id of what is archived of the table
   * @param enabled when it was enabled
   * @param days how many days back the table can be restored
   * @param firstShard the first of the table's shards that has both images of all changes
   */
  public record PointInTime(UUID chain, Instant enabled, int days, Space firstShard) {
    public PointInTime withDays(int next) {
      return new PointInTime(chain, enabled, next, firstShard);
    }
  }

  /**
   * A restoration. Immutable.
   *
   * @param summary what the API shows of it
   * @param chain the id of what is archived of the source
   * @param stamp the stamp of the state that is restored
   */
  public record Restoration(RestoreSummary summary, UUID chain, Stamp stamp) {}

  /** Returns whether changes of items must be recorded. */
  boolean needsChanges() {
    return pointInTime.isPresent() || !holds.isEmpty();
  }

  public Recovery withPointInTime(Optional<PointInTime> next) {
    return new Recovery(next, holds, restoration, importArn);
  }

  public Recovery withHold(UUID backup) {
    Set<UUID> more = new HashSet<>(holds);
    more.add(backup);
    return new Recovery(pointInTime, more, restoration, importArn);
  }

  public Recovery withoutHold(UUID backup) {
    Set<UUID> rest = new HashSet<>(holds);
    rest.remove(backup);
    return new Recovery(pointInTime, rest, restoration, importArn);
  }

  public Recovery withRestoration(Optional<Restoration> next) {
    return new Recovery(pointInTime, holds, next, importArn);
  }

  public Recovery withImport(Optional<String> next) {
    return new Recovery(pointInTime, holds, restoration, next);
  }

  /** Returns whether the table is being filled, and serves nobody meanwhile. */
  boolean isBeingFilled() {
    return restoration.isPresent() || importArn.isPresent();
  }
}
