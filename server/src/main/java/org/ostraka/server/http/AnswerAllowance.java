package org.ostraka.server.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of large answers that wait for their clients at once. Any thread. */
final class AnswerAllowance implements AnswerRoom {
  private final AtomicLong leftBytes;

  AnswerAllowance(long maxBytes) {
    this.leftBytes = new AtomicLong(maxBytes);
  }

  @Override
  public boolean isLeft() {
    return leftBytes.get() > 0;
  }

  /** The part of the allowance that one answer takes; for the thread of its connection. */
  record Part(AnswerAllowance allowance, int bytes) implements AutoCloseable {
    @Override
    public void close() {
      allowance.leftBytes.addAndGet(bytes);
    }
  }

  /**
   * Returns the answer if there is room for it, and otherwise an answer that the server is
   * overloaded. An answer to a write that was done is always returned.
   */
  HttpResponse admitted(HttpResponse response) {
    boolean counted = response.repeatable() && isCounted(response);
    return counted && leftBytes.get() < response.body().length
        ? Refusal.OVERLOADED.response()
        : response;
  }

  /** Takes room for an answer until the part is closed. */
  Part take(HttpResponse response) {
    int bytes = isCounted(response) ? response.body().length : 0;
    leftBytes.addAndGet(-bytes);
    return new Part(this, bytes);
  }

  private static boolean isCounted(HttpResponse response) {
    return response.body().length > HttpLimits.UNCOUNTED_BODY_BYTES;
  }
}
