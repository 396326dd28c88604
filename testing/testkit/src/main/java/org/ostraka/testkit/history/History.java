package org.ostraka.testkit.history;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records what concurrent clients did and were told, in the order of a counter instead of a clock:
 * an operation whose end has a smaller number than another's beginning was over before the other
 * began. Any thread.
 *
 * @param <E> what is recorded of an operation
 */
public final class History<E> {
  private final AtomicLong moment = new AtomicLong();
  private final Queue<Recorded<E>> operations = new ConcurrentLinkedQueue<>();

  /**
   * A moment after everything that has been recorded so far: called just before an operation
   * begins.
   */
  public long begin() {
    return moment.incrementAndGet();
  }

  /** Records an operation that was answered just now. */
  public void answered(long begin, E operation) {
    operations.add(new Recorded<>(operation, begin, moment.incrementAndGet()));
  }

  /** Records an operation that may be carried out at any later moment, or never. */
  public void unknown(long begin, E operation) {
    operations.add(Recorded.unknown(operation, begin));
  }

  /** All that has been recorded, in no particular order. */
  public List<Recorded<E>> operations() {
    return List.copyOf(operations);
  }
}
