package org.ostraka.voting.load;

import java.time.Duration;

/**
 * How many votes a second arrive: a ramp from nothing to the peak, the peak with spikes, and a ramp
 * back to nothing. Immutable.
 *
 * @param peak votes a second
 * @param ramp how long each of both ramps takes
 * @param plateau how long the peak lasts
 * @param spikeEvery the time from the beginning of a spike to that of the next, which lasts a
 *     second
 * @param spikeFactor how much more arrives during a spike
 */
public record Profile(
    double peak, Duration ramp, Duration plateau, Duration spikeEvery, double spikeFactor) {
  private static final double SPIKE_SECONDS = 1;

  public Profile {
    if (!(peak > 0) || !(spikeFactor >= 1) || !spikeEvery.isPositive()) {
      throw new IllegalArgumentException("a profile has a peak, and spikes above it");
    }
  }

  /** Returns the length of the whole. */
  public double seconds() {
    return 2 * seconds(ramp) + seconds(plateau);
  }

  /** Returns the votes a second that arrive at a moment. */
  public double rate(double second) {
    double untilEnd = seconds() - second;
    if (second < 0 || untilEnd <= 0) {
      return 0;
    }
    double slope = seconds(ramp);
    if (second < slope || untilEnd < slope) {
      return peak * Math.min(second, untilEnd) / slope;
    }
    double intoPeriod = (second - slope) % seconds(spikeEvery);
    boolean isSpike = intoPeriod >= seconds(spikeEvery) - SPIKE_SECONDS;
    return isSpike ? peak * spikeFactor : peak;
  }

  /** Returns a rate that is never exceeded. */
  double highest() {
    return peak * spikeFactor;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
