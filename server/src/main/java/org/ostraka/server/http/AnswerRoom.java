package org.ostraka.server.http;

/**
 * Knows whether there is room for large answers, which may have to wait for their clients. Any
 * thread.
 */
@FunctionalInterface
public interface AnswerRoom {
  /** Unlimited room. */
  AnswerRoom ENDLESS = () -> true;

  /** Returns whether there is room now. */
  boolean isLeft();
}
