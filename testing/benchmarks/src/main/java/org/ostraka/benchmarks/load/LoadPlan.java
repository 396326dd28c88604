package org.ostraka.benchmarks.load;

import java.net.URI;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * One run of load. Immutable.
 *
 * @param clients the number of connections, each with at most one request at a time
 * @param threads the number of threads, which share the connections
 * @param rate the operations that are due each second (open loop); without it each client begins
 *     its next operation when the last one is over (closed loop)
 * @param rampUp the time at the start that is not measured
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

  /** Refuses a plan that cannot be run. */
  public LoadPlan {
    if (clients < 1 || threads < 1) {
      throw new IllegalArgumentException("at least one client and one thread");
    }
    if (rate.isPresent() && !(rate.getAsDouble() > 0)) {
      throw new IllegalArgumentException("a rate is more than 0, not " + rate.getAsDouble());
    }
    threads = Math.min(threads, clients);
  }

  /** Returns the same plan with another ramp-up and another duration. */
  public LoadPlan lasting(Duration newRampUp, Duration newDuration) {
    return new LoadPlan(
        endpoint, workload, keys, distribution, clients, threads, rate, newRampUp, newDuration);
  }
}
