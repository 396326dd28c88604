package org.ostraka.engine.transaction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.ostraka.model.CancellationReason;
import org.ostraka.model.error.ThrottledException;
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

  /**
   * Cancels a transaction if there is no room for some of its actions.
   *
   * @param require refuses an action for which there is no room
   */
  static <A> void byThrottling(List<A> actions, Consumer<A> require) {
    List<CancellationReason> reasons = new ArrayList<>();
    boolean throttled = false;
    for (A action : actions) {
      try {
        require.accept(action);
        reasons.add(CancellationReason.NONE);
      } catch (ThrottledException refusal) {
        reasons.add(refusal.cancellation());
        throttled = true;
      }
    }
    if (throttled) {
      throw new TransactionCanceledException(reasons);
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
