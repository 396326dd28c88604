package org.ostraka.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Stamps follow wall time, never go back, and never run far ahead. */
final class HybridClockTest {
  private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");
  private static final Duration LEAD = Duration.ofSeconds(10);

  private Instant now = START;
  private final HybridClock clock = new HybridClock(() -> now, LEAD);

  @Test
  void stampIsWallTimeWhereThatHasMovedOn() {
    assertThat(clock.next()).isEqualTo(Stamp.of(START));
    now = START.plusMillis(1);
    assertThat(clock.next()).isEqualTo(Stamp.of(now));
    assertThat(clock.next().moment()).isEqualTo(now);
  }

  @Test
  void stampsIncreaseWhileWallTimeStandsStillOrGoesBack() {
    Stamp last = clock.next();
    for (int i = 0; i < 200_000; i++) {
      now = i % 2 == 0 ? START : START.minusMillis(i % 1_000);
      Stamp next = clock.next();
      assertThat(next).isGreaterThan(last);
      last = next;
    }
  }

  @Test
  void clockRefusesToRunFurtherAheadThanItsBoundAndGoesOnWhenWallTimeHasCaughtUp() {
    Stamp last = clock.next();
    now = START.minus(LEAD).minusMillis(1);
    assertThatThrownBy(clock::next)
        .isInstanceOf(StorageFailedException.class)
        .hasMessageContaining("the clock of this machine shows 2026-11-28T09:59:49.999Z")
        .hasMessageContaining("differ by more than 10 s");
    now = START.minus(LEAD);
    assertThat(clock.next()).isEqualTo(last.next());
  }

  @Test
  void laterStampsAreGreaterThanAnObservedOne() {
    Stamp other = Stamp.of(START.plus(LEAD));
    clock.observe(other);
    clock.observe(Stamp.of(START));
    assertThat(clock.next()).isEqualTo(other.next());
  }

  @Test
  void observedStampThatIsTooFarAheadIsRefusedAndChangesNothing() {
    Stamp tooFar = Stamp.of(START.plus(LEAD).plusMillis(1));
    assertThatThrownBy(() -> clock.observe(tooFar))
        .isInstanceOf(StorageFailedException.class)
        .hasMessageContaining("a change from elsewhere");
    assertThat(clock.next()).isEqualTo(Stamp.of(START));
  }

  @Test
  void storeThatGaveStampsFarAheadOpensAndRefusesToGiveMore() {
    Stamp ahead = Stamp.of(START.plus(Duration.ofDays(1)));
    clock.startAfter(ahead);
    assertThatThrownBy(clock::next).isInstanceOf(StorageFailedException.class);
    now = START.plus(Duration.ofDays(1));
    assertThat(clock.next()).isGreaterThan(ahead);
  }
}
