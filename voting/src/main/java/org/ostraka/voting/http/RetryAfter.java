package org.ostraka.voting.http;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * How long clients are asked to wait before they send a vote again. Any thread.
 *
 * <p>After a region was away, many thousands wait, and each of their attempts costs the server even
 * when it is turned away. So the wait doubles with each second in which more votes were turned away
 * than answered, and halves with each other second. Each client gets a random part of it, so that
 * they do not return together.
 */
public final class RetryAfter {
  private static final int LONGEST_SECONDS = 60;

  private final InstantSource clock;
  private final RandomGenerator random;
  private long second;
  private int seconds = 1;
  private int answered;
  private int turnedAway;

  /** Starts with a wait of one second. */
  public RetryAfter(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Counts a vote that the database has decided, by a receipt or a refusal. Others are not counted:
   * whoever sends many requests that cost nothing must not shorten the wait.
   */
  public synchronized void answered() {
    goOn();
    answered++;
  }

  /** Counts a vote that has to be sent again. */
  public synchronized void turnedAway() {
    goOn();
    turnedAway++;
  }

  /** Returns from 1 to 60 seconds. */
  public synchronized int seconds() {
    goOn();
    return 1 + random.nextInt(seconds);
  }

  /** Judges the seconds that have passed since it was last asked. */
  private void goOn() {
    long now = clock.instant().getEpochSecond();
    while (second < now) {
      seconds =
          turnedAway > answered ? Math.min(LONGEST_SECONDS, 2 * seconds) : Math.max(1, seconds / 2);
      answered = 0;
      turnedAway = 0;
      second = seconds == 1 ? now : second + 1;
    }
  }
}
