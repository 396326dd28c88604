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

  /** Starts the clock of a phase. */
  synchronized void begin() {
    begun = clock.instant();
  }

  void scanned(int items) {
    scanned.add(items);
    show("copied " + scanned.sum() + " items", scanned.sum());
  }

  void followed(int changes) {
    followed.add(changes);
    show("followed " + followed.sum() + " changes", followed.sum());
  }

  void compared(int items) {
    compared.add(items);
    show("compared " + compared.sum() + " items", compared.sum());
  }

  long followed() {
    return followed.sum();
  }

  private synchronized void show(String line, long count) {
    Instant now = clock.instant();
    if (Duration.between(shown, now).compareTo(BETWEEN_LINES) >= 0) {
      shown = now;
      long seconds = Math.max(1, Duration.between(begun, now).toSeconds());
      screen.show(line + ", " + count / seconds + " a second, " + seconds + " s");
    }
  }
}
