package org.ostraka.server.region;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Lets a message into the log at once, and the same one again after a minute. Any thread. */
final class RepeatedMessages {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** Different messages that are remembered, at most; further ones wait until one is forgotten. */
  private static final int MAX_MESSAGES = 100;

  private final InstantSource clock;
  private final Map<String, Instant> logged = new HashMap<>();

  RepeatedMessages(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns whether a message is to be logged now. */
  synchronized boolean isDue(String message) {
    Instant now = clock.instant();
    logged.values().removeIf(when -> !now.isBefore(when.plus(PAUSE)) || now.isBefore(when));
    if (logged.size() >= MAX_MESSAGES || logged.containsKey(message)) {
      return false;
    }
    logged.put(message, now);
    return true;
  }
}
