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
   * Carries out the request. Throws an {@link org.ostraka.model.error.ApiException} when it refuses
   * the request, and a {@link org.ostraka.storage.StorageException} when the machine fails.
   */
  R handle(Caller caller, Q request);
}
