package org.ostraka.server.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of large bodies that all requests hold together. Any thread. */
final class BodyAllowance {

  private final AtomicLong leftBytes;

  BodyAllowance(long maxBytes) {
    this.leftBytes = new AtomicLong(maxBytes);
  }

  long leftBytes() {
    return leftBytes.get();
  }

  /** The part of the allowance that one request takes; for the thread of its connection. */
  final class Share {

    private long takenBytes;

    /** Takes more bytes, or refuses the request with {@link Refusal#OVERLOADED}. */
    void take(int bytes) {
      if (leftBytes.addAndGet(-bytes) < 0) {
        leftBytes.addAndGet(bytes);
        throw new RefusedException(Refusal.OVERLOADED);
      }
      takenBytes += bytes;
    }

    /** Gives all bytes back. */
    void release() {
      if (takenBytes > 0) {
        leftBytes.addAndGet(takenBytes);
        takenBytes = 0;
      }
    }
  }
}
