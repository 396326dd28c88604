package org.ostraka.benchmarks.load;

import java.net.URI;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * One run of load. Immutable.
 *
 * @param clients connections that each have one request under way at most
 * @param threads among which the connections are divided
 * @param rate operations that begin each second, whatever the server does (open loop); without it
 *     each client begins its next operation when the one before is over (closed loop)
 * @param rampUp at the start, and not measured
 */
public record LoadPlan(
    URI endpoint,
    Workload workload,
    KeySpace keys,
    Distribution distribution,
    int clients,
    int threads,
    OptionalDouble rate,
    Duration rampUp,
    Duration duration) {

  /** Refuses what cannot be run. */
  public LoadPlan {
    if (clients < 1 || threads < 1) {
      throw new IllegalArgumentException("at least one client and one thread");
    }
    if (rate.isPresent() && !(rate.getAsDouble() > 0)) {
      throw new IllegalArgumentException("a rate is more than 0, not " + rate.getAsDouble());
    }
    threads = Math.min(threads, clients);
  }

  /** The same load for another time. */
  public LoadPlan lasting(Duration newRampUp, Duration newDuration) {
    return new LoadPlan(
        endpoint, workload, keys, distribution, clients, threads, rate, newRampUp, newDuration);
  }
}
