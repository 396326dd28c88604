package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.Optional;
import org.ostraka.model.TimeToLiveDescription;
import org.ostraka.model.TimeToLiveStatus;
import org.ostraka.storage.Space;

/**
 * A table's time to live, as it was last changed. Immutable.
 *
 * @param attributeName the attribute that has the time at which an item expires
 * @param changed when it was last enabled or disabled
 * @param settled when that change shows as done
 * @param index the index of the times at which items expire; absent when items do not expire
 */
public record TimeToLive(
    String attributeName, Instant changed, Instant settled, Optional<Index> index) {

  /**
   * The index of expiry times.
   *
   * @param isBuilding whether the index does not have all items yet
   */
  public record Index(Space space, boolean isBuilding) {}

  public boolean isEnabled() {
    return index.isPresent();
  }

  /** Returns whether the index is being filled with the items that the table already has. */
  public boolean isBuilding() {
    return index.filter(Index::isBuilding).isPresent();
  }

  /** Returns whether items expire now: the index is complete and the change shows as done. */
  public boolean isInEffect(Instant now) {
    return isEnabled() && !isBuilding() && isSettled(now);
  }

  Optional<Space> space() {
    return index.map(Index::space);
  }

  /** Returns the same setting with a complete index. */
  TimeToLive built() {
    return new TimeToLive(
        attributeName, changed, settled, space().map(space -> new Index(space, false)));
  }

  public TimeToLiveDescription description(Instant now) {
    if (isEnabled()) {
      return shown(isInEffect(now) ? TimeToLiveStatus.ENABLED : TimeToLiveStatus.ENABLING);
    }
    return isSettled(now) ? TimeToLiveDescription.DISABLED : shown(TimeToLiveStatus.DISABLING);
  }

  private TimeToLiveDescription shown(TimeToLiveStatus status) {
    return new TimeToLiveDescription(status, Optional.of(attributeName));
  }

  private boolean isSettled(Instant now) {
    return !now.isBefore(settled);
  }
}
