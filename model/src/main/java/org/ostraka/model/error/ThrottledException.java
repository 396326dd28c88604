package org.ostraka.model.error;

import java.util.List;
import org.ostraka.model.CancellationReason;
import org.ostraka.model.ThrottlingReason;

/** An error for a request that was not carried out because there is no capacity for it now. */
public abstract sealed class ThrottledException extends ApiException
    permits ProvisionedThroughputExceededException, RequestLimitExceeded, ThrottlingException {
  private static final long serialVersionUID = 1;

  private final transient List<ThrottlingReason> reasons;

  ThrottledException(String message, List<ThrottlingReason> reasons) {
    super(message);
    this.reasons = List.copyOf(reasons);
  }

  /** Returns the limits that were reached. */
  public final List<ThrottlingReason> reasons() {
    return reasons;
  }

  /** Returns what a cancelled transaction says of an action that was throttled. */
  public abstract CancellationReason cancellation();

  @Override
  public final Origin origin() {
    return Origin.SERVICE;
  }
}
