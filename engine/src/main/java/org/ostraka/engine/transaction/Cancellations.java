package org.ostraka.engine.transaction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ostraka.model.CancellationReason;
import org.ostraka.model.error.TransactionCanceledException;
import org.ostraka.model.error.ValidationException;

/** Cancellations for which one action is the reason. Stateless. */
final class Cancellations {
  private Cancellations() {}

  /** For an action that does not fit its table. */
  static TransactionCanceledException atOne(int actions, int at, ValidationException problem) {
    return atOne(actions, at, CancellationReason.invalid(problem.text()));
  }

  static TransactionCanceledException atOne(int actions, int at, CancellationReason reason) {
    List<CancellationReason> reasons =
        new ArrayList<>(Collections.nCopies(actions, CancellationReason.NONE));
    reasons.set(at, reason);
    return new TransactionCanceledException(reasons);
  }
}
