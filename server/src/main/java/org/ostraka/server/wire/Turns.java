package org.ostraka.server.wire;

import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Limits how many large requests of an operation run at once, from before they are carried out
 * until their answers are made. A large request writes and may return so much that many of them
 * would exhaust the heap. Any thread.
 *
 * @param large whether a request is large
 */
record Turns<Q>(Predicate<Q> large, Semaphore free) {
  /** Runs every request at once. */
  static <Q> Turns<Q> unbounded() {
    return new Turns<>(_ -> false, new Semaphore(0));
  }

  /** Runs at most this many large requests at once. */
  static <Q> Turns<Q> of(Predicate<Q> large, int atOnce) {
    return new Turns<>(large, new Semaphore(atOnce, true));
  }

  /** The work of a request. */
  @FunctionalInterface
  interface Work {
    Operation.Answer answer();
  }

  /**
   * Does the work, if the request is large after waiting for its turn.
   *
   * @throws OverloadedException when there is no room for the answer of a large request then;
   *     nothing was done
   */
  Operation.Answer take(Q request, RequestHead head, Work work) {
    if (!large.test(request)) {
      return work.answer();
    }
    free.acquireUninterruptibly();
    try {
      if (!head.hasRoom().getAsBoolean()) {
        throw new OverloadedException();
      }
      return work.answer();
    } finally {
      free.release();
    }
  }
}
