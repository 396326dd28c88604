package org.ostraka.voting.election;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Elections as they were at most a second ago, so that not every vote reads its election. */
public final class RecentElections {
  /** How old an election may be. */
  static final Duration AGE = Duration.ofSeconds(1);

  private static final int MAX = 1_000;

  private final Elections elections;
  private final InstantSource clock;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(Election election, Instant since) {}

  public RecentElections(Elections elections, InstantSource clock) {
    this.elections = elections;
    this.clock = clock;
  }

  /** Returns an election; empty when there is none, which is never remembered. */
  public Optional<Election> find(String id) {
    Instant now = clock.instant();
    Optional<Election> recent =
        Optional.ofNullable(seen.get(id))
            .filter(it -> now.isBefore(it.since().plus(AGE)))
            .map(Seen::election);
    if (recent.isPresent()) {
      return recent;
    }
    Optional<Election> found = elections.find(id);
    if (seen.size() >= MAX) {
      seen.clear();
    }
    found.ifPresent(election -> seen.put(id, new Seen(election, now)));
    return found;
  }
}
