package org.ostraka.model;

import java.util.Optional;

/**
 * Whether a table's items expire. Immutable.
 *
 * @param attributeName the attribute that has the time at which an item expires; absent when items
 *     do not expire
 */
public record TimeToLiveDescription(TimeToLiveStatus status, Optional<String> attributeName) {
  /** Items do not expire. A table that was never configured looks the same. */
  public static final TimeToLiveDescription DISABLED =
      new TimeToLiveDescription(TimeToLiveStatus.DISABLED, Optional.empty());
}
