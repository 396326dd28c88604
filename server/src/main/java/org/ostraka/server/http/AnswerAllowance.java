package org.ostraka.server.http;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of large answers may wait for their clients at once. Any thread. */
final class AnswerAllowance implements AnswerRoom {
  private final AtomicLong leftBytes;

  AnswerAllowance(long maxBytes) {
    this.leftBytes = new AtomicLong(maxBytes);
  }

  @Override
  public boolean isLeft() {
    return leftBytes.get() > 0;
  }

  /** One answer's part of the allowance; for the thread of its connection. */
  record Part(AnswerAllowance allowance, int bytes) implements AutoCloseable {
    @Override
    public void close() {
      allowance.leftBytes.addAndGet(bytes);
    }
  }

  /**
   * The answer itself if there is room for it, else that the server is overloaded. What a write has
   * done is always told, room or not.
   */
  HttpResponse admitted(HttpResponse response) {
    boolean counted = response.repeatable() && isCounted(response);
    return counted && leftBytes.get() < response.body().length
        ? Refusal.OVERLOADED.response()
        : response;
  }

  /** Takes room for an answer until it is written. */
  Part take(HttpResponse response) {
    int bytes = isCounted(response) ? response.body().length : 0;
    leftBytes.addAndGet(-bytes);
    return new Part(this, bytes);
  }

  private static boolean isCounted(HttpResponse response) {
    return response.body().length > HttpLimits.UNCOUNTED_BODY_BYTES;
  }
}
