package org.ostraka.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits longer the more often something has failed: half of a time that doubles with each failure,
 * up to a maximum, and a random part of the other half. Any thread.
 *
 * @param first the time of the first failure
 * @param max the longest time
 */
public record BackOff(Duration first, Duration max, RandomGenerator random, Pause pause) {
  private static final int MAX_DOUBLINGS = 30;

  /**
   * Waits after failures in a row.
   *
   * @param failures how many there were, 1 or more
   * @param limit the longest wait this time
   * @throws InterruptedException when the thread is to stop
   */
  public void await(int failures, Duration limit) throws InterruptedException {
    long times = 1L << Math.min(failures - 1, MAX_DOUBLINGS);
    long millis = Math.max(1, Math.min(max.toMillis(), first.toMillis() * times));
    long half = millis / 2;
    Duration wait = Duration.ofMillis(half + random.nextLong(millis - half + 1));
    pause.sleep(wait.compareTo(limit) < 0 ? wait : limit);
  }

  /** Waits after failures in a row, as long as they ask for. */
  public void await(int failures) throws InterruptedException {
    await(failures, max);
  }

  /** Returns whether a failure is worth a line in the log: the first, and then ever fewer. */
  public static boolean isLogged(int failures) {
    return Integer.bitCount(failures) == 1;
  }
}
