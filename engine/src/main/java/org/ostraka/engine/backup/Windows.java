package org.ostraka.engine.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.ostraka.engine.catalogue.Recovery;
import org.ostraka.storage.Stamp;

/** The times to which a table can be restored. Stateless. */
final class Windows {
  /** The service restores to five minutes ago at best ("Point-in-time recovery for DynamoDB"). */
  private static final Duration BEHIND = Duration.ofMinutes(5);

  private Windows() {}

  /**
   * Returns the earliest time.
   *
   * @param since the time from which on all changes are archived
   */
  static Instant earliest(Recovery.PointInTime on, Instant since, Instant now) {
    Instant first = later(on.enabled(), since);
    return later(first, now.minus(Duration.ofDays(on.days()))).truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Returns the latest time: five minutes ago, or earlier if that is not archived yet.
   *
   * @param chain what is archived; absent when nothing is yet
   */
  static Instant latest(Recovery.PointInTime on, Optional<Chain> chain, Instant now) {
    Instant wanted = later(on.enabled(), now.minus(BEHIND));
    Instant archived =
        chain
            .map(Chain::complete)
            .filter(complete -> !complete.equals(Stamp.ZERO))
            .map(Windows::lastWhole)
            .orElse(on.enabled());
    Instant latest = archived.isBefore(wanted) ? archived : wanted;
    return later(latest, on.enabled()).truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Returns the last time of which everything is archived. More may follow in the millisecond of
   * the stamp itself, and a restored table has all of the millisecond that was asked for.
   */
  private static Instant lastWhole(Stamp complete) {
    return complete.moment().minusMillis(1);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
