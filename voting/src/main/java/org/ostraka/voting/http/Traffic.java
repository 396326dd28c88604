package org.ostraka.voting.http;

import java.time.Duration;
import java.time.InstantSource;

/** What a server answered to votes in the last minute. Any thread. */
final class Traffic {
  private static final int SECONDS = 60;
  private static final int BAD = 400;
  private static final int FAILED = 500;

  private final InstantSource clock;
  private final Second[] seconds = new Second[SECONDS];

  private static final class Second {
    private long at = -1;
    private long accepted;
    private long refused;
    private long failed;
    private long nanos;
    private long longest;
  }

  /**
   * The sums of a minute. Immutable.
   *
   * @param accepted votes with a receipt
   * @param refused votes that were answered with another error than the server's own
   * @param failed votes without a clear answer
   */
  record Minute(long accepted, long refused, long failed, Duration mean, Duration longest) {}

  Traffic(InstantSource clock) {
    this.clock = clock;
    for (int at = 0; at < SECONDS; at++) {
      seconds[at] = new Second();
    }
  }

  /** Counts an answer to a vote. */
  synchronized void count(int status, Duration time) {
    long now = clock.instant().getEpochSecond();
    int place = (int) (now % SECONDS);
    if (seconds[place].at != now) {
      seconds[place] = new Second();
      seconds[place].at = now;
    }
    Second second = seconds[place];
    if (status < BAD) {
      second.accepted++;
      second.nanos += time.toNanos();
      second.longest = Math.max(second.longest, time.toNanos());
    } else if (status < FAILED) {
      second.refused++;
    } else {
      second.failed++;
    }
  }

  /** Returns the sums of the last sixty seconds. */
  synchronized Minute minute() {
    long now = clock.instant().getEpochSecond();
    long accepted = 0;
    long refused = 0;
    long failed = 0;
    long nanos = 0;
    long longest = 0;
    for (Second second : seconds) {
      if (second.at > now - SECONDS) {
        accepted += second.accepted;
        refused += second.refused;
        failed += second.failed;
        nanos += second.nanos;
        longest = Math.max(longest, second.longest);
      }
    }
    return new Minute(
        accepted,
        refused,
        failed,
        Duration.ofNanos(accepted == 0 ? 0 : nanos / accepted),
        Duration.ofNanos(longest));
  }
}
