package org.ostraka.testkit.history;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records the operations of concurrent clients and their answers. A counter takes the place of a
 * clock: if the number of an operation's end is smaller than the number of another's beginning, the
 * first was over before the second began. Any thread.
 *
 * @param <E> the record of an operation
 */
public final class History<E> {
  private final AtomicLong moment = new AtomicLong();
  private final Queue<Recorded<E>> operations = new ConcurrentLinkedQueue<>();

  /**
   * Returns a moment after everything that has been recorded so far. Call it just before an
   * operation begins.
   */
  public long begin() {
    return moment.incrementAndGet();
  }

  /** Records an operation that has just been answered. */
  public void answered(long begin, E operation) {
    operations.add(new Recorded<>(operation, begin, moment.incrementAndGet()));
  }

  /** Records an operation that may take effect at any later moment, or never. */
  public void unknown(long begin, E operation) {
    operations.add(Recorded.unknown(operation, begin));
  }

  /** Returns all operations, in no particular order. */
  public List<Recorded<E>> operations() {
    return List.copyOf(operations);
  }
}
