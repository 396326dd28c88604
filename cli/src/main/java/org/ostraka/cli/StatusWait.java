package org.ostraka.cli;

import static org.ostraka.cli.Answers.text;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.json.JsonValue;

/**
 * Waits until the server has made something. One thread.
 *
 * @param isWatched whether somebody looks on: then a line says what is waited for, and how long
 */
record StatusWait(PrintWriter err, boolean isWatched, InstantSource clock, Pause pause) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Set<String> BEING_MADE = Set.of("CREATING", "IN_PROGRESS");

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
    String last = wait(name, ask, Function.identity(), Function.identity());
    if (!last.equals(status)) {
      throw new CallException(name + " is " + last + ", not " + status);
    }
  }

  /**
   * Returns what the server says of an export or import at its end.
   *
   * @param count the member that counts items, which may be absent
   */
  JsonValue untilEnd(String name, Supplier<JsonValue> ask, String status, String count) {
    return wait(
        name,
        ask,
        said -> text(said, status),
        said ->
            text(said, status)
                + Answers.optional(said, count)
                    .map(items -> " " + text(items) + " items")
                    .orElse(""));
  }

  private <T> T wait(
      String name, Supplier<T> ask, Function<T, String> status, Function<T, String> shown) {
    Instant begun = clock.instant();
    Duration rest = FIRST_PAUSE;
    T last = ask.get();
    show(name, shown.apply(last), begun);
    while (BEING_MADE.contains(status.apply(last))) {
      sleep(rest);
      Duration twice = rest.multipliedBy(2);
      rest = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      last = ask.get();
      show(name, shown.apply(last), begun);
    }
    if (isWatched) {
      err.println();
    }
    return last;
  }

  /** Shows a line, if somebody looks on. */
  void show(String line) {
    if (isWatched) {
      err.printf("\r%-60s", line);
      err.flush();
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
