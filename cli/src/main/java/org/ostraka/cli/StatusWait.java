package org.ostraka.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.ostraka.delivery.Pause;

/**
 * Waits until the server has made something. One thread.
 *
 * @param isWatched whether somebody looks on: then a line says what is waited for, and how long
 */
record StatusWait(PrintWriter err, boolean isWatched, InstantSource clock, Pause pause) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final String BEING_MADE = "CREATING";

  /** Returns a wait that shows progress if a terminal looks on. */
  static StatusWait onTerminal(PrintWriter err) {
    boolean isWatched =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new StatusWait(err, isWatched, InstantSource.system(), Thread::sleep);
  }

  /**
   * Returns when the status is this one.
   *
   * @param name what is waited for, in messages
   * @throws CallException when the status is another one than that and CREATING
   */
  void until(String status, String name, Supplier<String> ask) {
    Instant begun = clock.instant();
    Duration rest = FIRST_PAUSE;
    String last = ask.get();
    show(name, last, begun);
    while (last.equals(BEING_MADE)) {
      sleep(rest);
      Duration twice = rest.multipliedBy(2);
      rest = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      last = ask.get();
      show(name, last, begun);
    }
    if (isWatched) {
      err.println();
    }
    if (!last.equals(status)) {
      throw new CallException(name + " is " + last + ", not " + status);
    }
  }

  private void show(String name, String status, Instant begun) {
    if (isWatched) {
      err.printf(
          "\r%s: %-9s %d s", name, status, Duration.between(begun, clock.instant()).toSeconds());
      err.flush();
    }
  }

  private void sleep(Duration time) {
    try {
      pause.sleep(time);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CallException("stopped while waiting", stopped);
    }
  }
}
