package org.ostraka.server.config;

import java.time.Duration;

/**
 * How the server reads its files again to find damage. Immutable.
 *
 * @param period how often everything is read; zero for never
 * @param bytesPerSecond how fast it is read, on average
 */
public record ScrubSettings(Duration period, long bytesPerSecond) {
  /** Reads nothing again. */
  public static final ScrubSettings NEVER = new ScrubSettings(Duration.ZERO, 1);

  public ScrubSettings {
    if (period.isNegative() || bytesPerSecond < 1) {
      throw new IllegalArgumentException("a period is not negative, and a rate is positive");
    }
  }
}
