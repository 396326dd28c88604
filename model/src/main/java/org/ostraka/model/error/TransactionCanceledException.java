package org.ostraka.model.error;

import java.util.List;
import java.util.stream.Collectors;
import org.ostraka.model.CancellationReason;

/** The transaction was not carried out, no part of it. */
public final class TransactionCanceledException extends ApiException {
  private static final long serialVersionUID = 1;

  private final transient List<CancellationReason> reasons;

  /**
   * @param reasons for each action of the transaction, in order
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

  /** For each action of the transaction, in order. */
  public List<CancellationReason> reasons() {
    return reasons;
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
