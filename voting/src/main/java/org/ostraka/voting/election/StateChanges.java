package org.ostraka.voting.election;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** Changes of the state of elections by an operator, each a new version. Any thread. */
public final class StateChanges {
  // Servers remember an election for a second, and another region hears of a version a moment
  // later.
  private static final Duration LEAD = Duration.ofSeconds(2);

  private final Elections elections;
  private final InstantSource clock;

  public StateChanges(Elections elections, InstantSource clock) {
    this.elections = elections;
    this.clock = clock;
  }

  /**
   * Opens an announced election now.
   *
   * @throws IllegalArgumentException with the reason why it cannot
   */
  public Election open(String id) {
    Instant now = clock.instant();
    return change(id, State.ANNOUNCED, it -> it.opening(now), "opened");
  }

  /**
   * Closes an open election in two seconds, or when it closes anyway if that is earlier.
   *
   * @throws IllegalArgumentException with the reason why it cannot
   */
  public Election close(String id) {
    Instant then = clock.instant().plus(LEAD);
    return change(
        id,
        State.OPEN,
        it -> it.closing(it.closes().isBefore(then) ? it.closes() : then),
        "closed");
  }

  /**
   * Adds a version to an election in this state.
   *
   * @throws IllegalArgumentException with the reason why it cannot
   */
  public Election change(String id, State from, UnaryOperator<Election> to, String reason) {
    Election election =
        elections
            .findToChange(id)
            .orElseThrow(() -> new IllegalArgumentException("no such election"));
    Instant now = clock.instant();
    if (election.state(now) != from) {
      throw new IllegalArgumentException("the election is " + election.state(now));
    }
    Election next = to.apply(election);
    if (!elections.add(next, reason, now)) {
      throw new IllegalArgumentException(
          "another operator has just added version " + next.version());
    }
    return next;
  }
}
