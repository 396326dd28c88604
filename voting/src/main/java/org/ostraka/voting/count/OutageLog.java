package org.ostraka.voting.count;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Logs failures of work that is repeated until it succeeds. Any thread.
 *
 * <p>Work has parts, such as the shards of a stream. While a database does not do what it should,
 * there is a line when a part has failed for a second, a line every five minutes, and a line when
 * no part fails any more. Any other failure is a damaged row or a mistake in this program: each
 * part has a line with a stack trace for it, every five minutes.
 */
final class OutageLog {
  private static final Duration REMINDER = Duration.ofMinutes(5);
  // Transactions of two counters that meet are repeated, and need no line.
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final int MAX_NAMED = 10;

  private final System.Logger log;
  private final String undone;
  private final String done;
  private final InstantSource clock;
  // By part: since when it fails.
  private final TreeMap<String, Instant> failing = new TreeMap<>();
  // By part: when it had its last stack trace.
  private final Map<String, Instant> damaged = new HashMap<>();
  private Optional<Outage> outage = Optional.empty();

  private record Outage(Instant since, Instant logged) {}

  /**
   * Makes the log of some work.
   *
   * @param undone says that it is not done, such as "votes are not counted"
   * @param done says that it is done again
   */
  OutageLog(System.Logger log, String undone, String done, InstantSource clock) {
    this.log = log;
    this.undone = undone;
    this.done = done;
    this.clock = clock;
  }

  /** Notes that a part of the work failed. */
  synchronized void failed(String part, RuntimeException why) {
    if (isOfDatabase(why)) {
      fail(part, String.valueOf(why.getMessage()), clock.instant());
    } else {
      answered(part);
      trace(part, why, clock.instant());
    }
  }

  private void fail(String part, String why, Instant now) {
    Instant first = failing.computeIfAbsent(part, _ -> now);
    if (outage.isEmpty() && !now.isBefore(first.plus(SHORTEST))) {
      outage = Optional.of(new Outage(first, now));
      log.log(System.Logger.Level.WARNING, undone + ": " + part + ": " + why);
    }
    outage
        .filter(it -> !now.isBefore(it.logged().plus(REMINDER)))
        .ifPresent(it -> {
          outage = Optional.of(new Outage(it.since(), now));
          log.log(
              System.Logger.Level.WARNING,
              "%s, for %d s now: %s; the last failure: %s"
                  .formatted(undone, seconds(it.since(), now), parts(), why));
        });
  }

  private void trace(String part, RuntimeException why, Instant now) {
    Instant before = damaged.getOrDefault(part, Instant.MIN);
    if (!now.isBefore(before.plus(REMINDER))) {
      var _ = damaged.put(part, now);
      log.log(System.Logger.Level.ERROR, undone + ": " + part, why);
    }
  }

  /** Notes that a part of the work succeeded, or is not needed any more. */
  synchronized void succeeded(String part) {
    answered(part);
    var _ = damaged.remove(part);
  }

  private void answered(String part) {
    if (failing.remove(part) != null && failing.isEmpty()) {
      outage.ifPresent(it -> {
        long seconds = seconds(it.since(), clock.instant());
        log.log(System.Logger.Level.INFO, done + ", after " + seconds + " s");
      });
      outage = Optional.empty();
    }
  }

  private String parts() {
    String named = String.join(", ", failing.keySet().stream().limit(MAX_NAMED).toList());
    int more = failing.size() - MAX_NAMED;
    return more > 0 ? named + " and " + more + " more" : named;
  }

  private static long seconds(Instant from, Instant to) {
    return Duration.between(from, to).toSeconds();
  }

  /** Returns whether a database refused something, or did not answer. */
  private static boolean isOfDatabase(RuntimeException why) {
    return why instanceof SdkException || why.getCause() instanceof SdkException;
  }
}
