package org.ostraka.engine.load;

import org.ostraka.storage.AbandonedDecisionException;

/**
 * Abandons a request that has too much work for a shared thread; nothing was done, and the request
 * is carried out again on another thread. Has no stack trace.
 */
public final class TooMuchWorkException extends AbandonedDecisionException {
  private static final long serialVersionUID = 1;

  TooMuchWorkException() {
    super("too much work for a shared thread");
  }
}
