package org.ostraka.delivery;

import java.time.Duration;

/** Waits. Any thread. */
@FunctionalInterface
public interface Pause {
  /**
   * Waits for a time.
   *
   * @throws InterruptedException when the thread is to stop
   */
  void sleep(Duration time) throws InterruptedException;
}
