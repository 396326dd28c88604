package org.ostraka.server.wire;

import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Lets only some requests of an operation be under way at once, from before they are carried out
 * until their answers are made: those that write and may tell so much of it that many of them would
 * exhaust the heap. Any thread.
 *
 * @param large whether a request is one of these
 */
record Turns<Q>(Predicate<Q> large, Semaphore free) {
  /** Every request has its turn at once. */
  static <Q> Turns<Q> unbounded() {
    return new Turns<>(_ -> false, new Semaphore(0));
  }

  /** Requests that are large have so many turns. */
  static <Q> Turns<Q> of(Predicate<Q> large, int atOnce) {
    return new Turns<>(large, new Semaphore(atOnce, true));
  }

  /** What a turn is for. */
  @FunctionalInterface
  interface Work {
    Operation.Answer answer();
  }

  /**
   * Does the work when it is the request's turn.
   *
   * @throws OverloadedException when there is no room for its answer then: nothing was done
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
