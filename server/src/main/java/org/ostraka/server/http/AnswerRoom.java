package org.ostraka.server.http;

/**
 * Whether there is room for large answers, which may have to wait for their clients. Any thread.
 */
@FunctionalInterface
public interface AnswerRoom {
  /** Room without an end. */
  AnswerRoom ENDLESS = () -> true;

  /** Whether there is room now. */
  boolean isLeft();
}
