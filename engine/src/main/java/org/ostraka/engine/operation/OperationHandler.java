package org.ostraka.engine.operation;

import org.ostraka.model.Caller;

/**
 * Carries out one operation of the API. Any thread.
 *
 * @param <Q> the operation's request
 * @param <R> the operation's response
 */
@FunctionalInterface
public interface OperationHandler<Q, R> {
  /**
   * Does what the request asks, or throws an {@link org.ostraka.model.error.ApiException} that says
   * why not; or a {@link org.ostraka.storage.StorageException} when the machine failed.
   */
  R handle(Caller caller, Q request);
}
