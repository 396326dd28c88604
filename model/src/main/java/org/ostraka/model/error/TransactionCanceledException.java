package org.ostraka.model.error;

import java.util.List;
import java.util.stream.Collectors;
import org.ostraka.model.CancellationReason;

/** The error for a transaction of which no part was carried out. */
public final class TransactionCanceledException extends ApiException {
  private static final long serialVersionUID = 1;

  private final transient List<CancellationReason> reasons;

  /**
   * Makes the error.
   *
   * @param reasons one for each action of the transaction, in order
   */
  public TransactionCanceledException(List<CancellationReason> reasons) {
    super(
        reasons.stream()
            .map(reason -> reason.code().word())
            .collect(
                Collectors.joining(
                    ", ",
                    "Transaction cancelled, please refer cancellation reasons for specific reasons"
                        + " [",
                    "]")));
    this.reasons = List.copyOf(reasons);
  }

  /** Returns one reason for each action of the transaction, in order. */
  public List<CancellationReason> reasons() {
    return reasons;
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
