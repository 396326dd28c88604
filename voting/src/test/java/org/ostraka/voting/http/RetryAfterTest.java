package org.ostraka.voting.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The wait that is asked for grows while votes are turned away, and shrinks again. */
final class RetryAfterTest {
  private static final int CAPACITY = 70;

  private long now = 1_000;

  @Test
  void theWaitGrowsWhileMoreAreTurnedAwayThanAnswered() {
    RetryAfter wait = retryAfter(1);
    assertThat(longest(wait)).isEqualTo(1);
    for (int expected : new int[] {2, 4, 8, 16, 32, 60, 60}) {
      wait.answered();
      wait.turnedAway();
      wait.turnedAway();
      now++;
      assertThat(longest(wait)).isEqualTo(expected);
    }
    wait.answered();
    wait.turnedAway();
    now++;
    assertThat(longest(wait)).as("as many answered as turned away").isEqualTo(30);
    now += 3;
    assertThat(longest(wait)).as("three seconds without votes").isEqualTo(3);
    now += 1_000_000_000;
    assertThat(longest(wait)).isEqualTo(1);
  }

  /**
   * A server that answers 70 votes a second gets those who waited while a region was away for five
   * minutes. If each came back after one second, there would be 20,000 attempts a second.
   */
  @Test
  void thousandsWhoWaitDoNotAskTooOften() {
    long seed = System.nanoTime();
    RetryAfter wait = retryAfter(seed);
    Queue<Long> due = new ArrayDeque<>();
    for (int client = 0; client < 20_000; client++) {
      due.add(now);
    }
    long most = 0;
    long start = now;
    while (!due.isEmpty()) {
      long attempts = 0;
      Queue<Long> later = new ArrayDeque<>();
      for (long at : due) {
        if (at > now) {
          later.add(at);
        } else if (++attempts <= CAPACITY) {
          wait.answered();
        } else {
          wait.turnedAway();
          later.add(now + wait.seconds());
        }
      }
      due = later;
      most = now > start + 60 ? Math.max(most, attempts) : most;
      now++;
      assertThat(now).as("-Dseed=%s", seed).isLessThan(start + 350);
    }
    assertThat(most).as("attempts of a second, -Dseed=%s", seed).isLessThan(1_000);
  }

  private RetryAfter retryAfter(long seed) {
    return new RetryAfter(() -> Instant.ofEpochSecond(now), new SplittableRandom(seed));
  }

  private static int longest(RetryAfter wait) {
    int longest = 0;
    for (int times = 0; times < 2_000; times++) {
      longest = Math.max(longest, wait.seconds());
    }
    return longest;
  }
}
