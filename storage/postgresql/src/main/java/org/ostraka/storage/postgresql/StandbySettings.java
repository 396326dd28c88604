package org.ostraka.storage.postgresql;

import java.time.Duration;

/**
 * How to reach the standbys of a database, for eventually consistent reads. Immutable.
 *
 * @param settings any of the standbys, or several of them
 * @param maxLag how old the state of a standby may be that a read shows
 */
public record StandbySettings(PostgresSettings settings, Duration maxLag) {
  /**
   * Streaming replication takes milliseconds, a burst of writes or a vacuum a second or two. A
   * standby that is further behind has a problem, and so the bound does not come and go.
   */
  public static final Duration DEFAULT_MAX_LAG = Duration.ofSeconds(5);

  public StandbySettings {
    if (!maxLag.isPositive()) {
      throw new IllegalArgumentException("the bound of the lag must be above zero: " + maxLag);
    }
  }
}
