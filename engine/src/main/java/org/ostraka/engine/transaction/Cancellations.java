package org.ostraka.engine.transaction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.ostraka.model.CancellationReason;
import org.ostraka.model.error.TransactionCanceledException;
import org.ostraka.model.error.ValidationException;

/** Makes cancellations for which one action is the reason. Stateless. */
public final class Cancellations {
  private Cancellations() {}

  /** Returns the cancellation for an action that does not fit its table. */
  static TransactionCanceledException atOne(int actions, int at, ValidationException problem) {
    return atOne(actions, at, CancellationReason.invalid(problem.text()));
  }

  /** Cancels a transaction if one of its actions meets a conflict. */
  public static void byConflict(int actions, OptionalInt at) {
    if (at.isPresent()) {
      throw atOne(actions, at.getAsInt(), CancellationReason.conflict());
    }
  }

  private static TransactionCanceledException atOne(
      int actions, int at, CancellationReason reason) {
    List<CancellationReason> reasons =
        new ArrayList<>(Collections.nCopies(actions, CancellationReason.NONE));
    reasons.set(at, reason);
    return new TransactionCanceledException(reasons);
  }
}
