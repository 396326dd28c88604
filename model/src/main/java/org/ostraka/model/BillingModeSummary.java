package org.ostraka.model;

import java.time.Instant;
import java.util.Optional;

/** A table's billing mode, and when it last changed to charging by the request. Immutable. */
public record BillingModeSummary(BillingMode mode, Optional<Instant> lastUpdateToPayPerRequest) {
  /**
   * Returns whether a description shows the summary: false for a table that was never charged by
   * the request.
   */
  public boolean isShown() {
    return mode == BillingMode.PAY_PER_REQUEST || lastUpdateToPayPerRequest.isPresent();
  }
}
