package org.ostraka.server.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Reports events that a client can cause at any rate, once in a while and with their number. Any
 * thread.
 */
final class BoundedLog {
  private final long intervalNanos;
  private final LongSupplier nanoClock;
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong nextNanos;

  /**
   * Makes a report.
   *
   * @param interval the shortest time between two lines
   * @param nanoClock the clock, such as {@code System::nanoTime}
   */
  BoundedLog(Duration interval, LongSupplier nanoClock) {
    this.intervalNanos = interval.toNanos();
    this.nanoClock = nanoClock;
    this.nextNanos = new AtomicLong(nanoClock.getAsLong());
  }

  /**
   * Counts an event, and writes a line unless the last one is too recent.
   *
   * @param line writes it, given the number of events so far
   */
  void count(LongConsumer line) {
    long events = count.incrementAndGet();
    long now = nanoClock.getAsLong();
    long next = nextNanos.get();
    if (now - next >= 0 && nextNanos.compareAndSet(next, now + intervalNanos)) {
      line.accept(events);
    }
  }

  /** Returns the number of events so far. */
  long count() {
    return count.get();
  }
}
