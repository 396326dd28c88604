package org.ostraka.storage;

/**
 * Ends a decision that gives up without deciding anything, to be taken again later or elsewhere. It
 * says nothing about the rows, so {@link Store#transact} throws it at once: it neither waits until
 * they are durable nor verifies the guards. Has no stack trace.
 */
public abstract class AbandonedDecisionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  protected AbandonedDecisionException(String message) {
    super(message, null, false, false);
  }
}
