package org.ostraka.cli.copy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/**
 * How far a copy has come, for whoever looks on. Any thread.
 *
 * <p>A line is shown at most twice a second, by the thread that counts.
 */
public final class Progress {
  private static final Duration BETWEEN_LINES = Duration.ofMillis(500);

  private final Screen screen;
  private final InstantSource clock;
  private final LongAdder scanned = new LongAdder();
  private final LongAdder followed = new LongAdder();
  private final LongAdder compared = new LongAdder();
  private Instant begun;
  private Instant shown;
  private long expected;

  /** Where progress is shown. */
  @FunctionalInterface
  public interface Screen {
    /** Replaces the line. */
    void show(String line);
  }

  public Progress(Screen screen, InstantSource clock) {
    this.screen = screen;
    this.clock = clock;
    this.begun = clock.instant();
    this.shown = Instant.EPOCH;
  }

  /**
   * Starts the clock of a phase.
   *
   * @param about how much there is to do; 0 when nobody knows
   */
  synchronized void begin(long about) {
    begun = clock.instant();
    expected = about;
  }

  void scanned(int items) {
    scanned.add(items);
    show("copied", scanned.sum(), "items");
  }

  void followed(int changes) {
    followed.add(changes);
    show("followed", followed.sum(), "changes");
  }

  void compared(int items) {
    compared.add(items);
    show("compared", compared.sum(), "items");
  }

  long followed() {
    return followed.sum();
  }

  private synchronized void show(String verb, long count, String noun) {
    Instant now = clock.instant();
    if (Duration.between(shown, now).compareTo(BETWEEN_LINES) >= 0) {
      shown = now;
      long seconds = Math.max(1, Duration.between(begun, now).toSeconds());
      String of = expected > 0 ? " of about " + expected : "";
      screen.show(
          "%s %d%s %s, %d a second, %d s"
              .formatted(verb, count, of, noun, count / seconds, seconds));
    }
  }
}
