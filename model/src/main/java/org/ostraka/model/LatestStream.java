package org.ostraka.model;

import java.util.Optional;

/**
 * The stream that a table had last. Immutable.
 *
 * @param label the time at which it was enabled, as its ARN has it
 * @param viewType what its records show; absent once it is disabled
 */
public record LatestStream(String label, Optional<StreamViewType> viewType) {
  public boolean isEnabled() {
    return viewType.isPresent();
  }

  /** Returns the stream after it was disabled. */
  public LatestStream disabled() {
    return new LatestStream(label, Optional.empty());
  }
}
