package org.ostraka.voting.recount;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.election.Election;

/**
 * Counts votes that were cast outside the times of the last version of an election. Not
 * thread-safe.
 *
 * <p>They are no difference: a region accepts votes by the version that it knows, so one that hears
 * late of an early close counts some that were cast after it. Whether they hold is for the rules of
 * the election office.
 */
final class TimesAudit {
  // A ballot of a secret election says only in which hour it was cast.
  private static final Duration HOUR = Duration.ofHours(1);

  private final Election election;
  private long early;
  private long late;

  TimesAudit(Election election) {
    this.election = election;
  }

  /** Takes an entry of a log that adds a vote or takes one back. */
  void count(Entry vote) {
    Optional<Instant> cast = cast(vote);
    long votes = vote.kind() == Entry.Kind.CAST ? 1 : -1;
    early += cast.filter(this::isEarly).isPresent() ? votes : 0;
    late += cast.filter(time -> !time.isBefore(election.closes())).isPresent() ? votes : 0;
  }

  private boolean isEarly(Instant cast) {
    return election.isSecret()
        ? !cast.plus(HOUR).isAfter(election.opens())
        : cast.isBefore(election.opens());
  }

  /** Returns when a vote was cast; empty when the entry does not say it. */
  private static Optional<Instant> cast(Entry vote) {
    try {
      return Optional.of(Instant.parse(vote.cast()));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  /** Returns a sentence with the numbers. */
  String text() {
    return "Votes in the count that were cast before the opening: "
        + early
        + "; at the close or after it: "
        + late;
  }
}
