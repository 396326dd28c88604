package org.ostraka.engine.operation;

import org.ostraka.engine.load.Allowance;
import org.ostraka.model.Caller;

/**
 * Carries out one operation on items, within limits on memory and computing. Any thread.
 *
 * @param <Q> the operation's request
 * @param <R> the operation's response
 */
public interface ItemOperationHandler<Q, R> extends OperationHandler<Q, R> {
  /**
   * Does the same as {@link OperationHandler#handle}, within an allowance.
   *
   * @throws org.ostraka.engine.load.OverloadedException when there is no memory or time for the
   *     request now; nothing was done
   * @throws org.ostraka.engine.load.TooMuchWorkException when the request needs too much computing
   *     for this thread; nothing was done
   */
  R handle(Caller caller, Q request, Allowance allowance);

  @Override
  default R handle(Caller caller, Q request) {
    return handle(caller, request, Allowance.unlimited());
  }
}
