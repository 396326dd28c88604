package org.ostraka.model.error;

import java.util.List;
import org.ostraka.model.CancellationReason;
import org.ostraka.model.ThrottlingReason;

/** The error for a request beyond the provisioned throughput, or for a hot partition of it. */
public final class ProvisionedThroughputExceededException extends ThrottledException {
  private static final long serialVersionUID = 1;

  public ProvisionedThroughputExceededException(String message, List<ThrottlingReason> reasons) {
    super(message, reasons);
  }

  @Override
  public CancellationReason cancellation() {
    return CancellationReason.provisionedThroughputExceeded(text());
  }
}
