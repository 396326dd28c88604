package org.ostraka.engine.encryption;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.ostraka.model.error.LimitExceededException;

/**
 * The limit on changes of a table's encryption: four in 24 hours, and then one every six hours. The
 * 24 hours begin with the first change. Stateless.
 *
 * <p>Q-081 and Q-443 measured it (October 2026).
 */
final class EncryptionLimit {
  private static final int FREE_CHANGES = 4;
  private static final Duration WINDOW = Duration.ofHours(24);
  private static final Duration INTERVAL = Duration.ofHours(6);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private EncryptionLimit() {}

  /**
   * Returns the changes of the current window, this one included.
   *
   * @param earlier the changes of the last window, in order
   * @throws LimitExceededException when this change comes too early
   */
  static List<Instant> counted(List<Instant> earlier, Instant now) {
    List<Instant> updates = new ArrayList<>();
    if (!earlier.isEmpty() && now.isBefore(earlier.getFirst().plus(WINDOW))) {
      updates.addAll(earlier);
    }
    if (updates.size() >= FREE_CHANGES) {
      refuseBefore(next(updates), updates, now);
    }
    updates.add(now);
    return updates;
  }

  private static Instant next(List<Instant> updates) {
    Instant next = updates.getLast().plus(INTERVAL);
    Instant end = updates.getFirst().plus(WINDOW);
    return next.isBefore(end) ? next : end;
  }

  private static void refuseBefore(Instant next, List<Instant> updates, Instant now) {
    if (now.isBefore(next)) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: Encryption mode changes are limited in the 24h window ending"
              + " at "
              + TIME.format(updates.getFirst().plus(WINDOW))
              + ". After the first 4 change, each subsequent change in the same window can be"
              + " performed at most once every 21600 seconds. Number of updates today: "
              + updates.size()
              + ". Last change at "
              + TIME.format(updates.getLast())
              + ". Next changes can be made at "
              + TIME.format(next)
              + ".");
    }
  }
}
