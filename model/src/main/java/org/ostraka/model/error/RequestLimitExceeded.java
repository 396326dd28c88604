package org.ostraka.model.error;

import java.util.List;
import org.ostraka.model.CancellationReason;
import org.ostraka.model.ThrottlingReason;

/** The error for a request beyond the quota of the account. */
public final class RequestLimitExceeded extends ThrottledException {
  private static final long serialVersionUID = 1;

  public RequestLimitExceeded(String message, List<ThrottlingReason> reasons) {
    super(message, reasons);
  }

  @Override
  public CancellationReason cancellation() {
    return CancellationReason.throttled(text());
  }
}
