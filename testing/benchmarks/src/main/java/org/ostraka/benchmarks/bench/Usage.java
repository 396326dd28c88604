package org.ostraka.benchmarks.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.ostraka.benchmarks.load.LoadRun;

/** Measures what a turn uses in the server's process and in the load generator's. One thread. */
final class Usage implements LoadRun.Meter {
  private static final ProcessFacts SELF = ProcessFacts.of(ProcessHandle.current().pid());

  private final Optional<ProcessFacts> server;
  private @Nullable State before;
  private @Nullable State after;

  /** All counters at one moment; empty where unknown. */
  private record State(
      Optional<Duration> serverCpu, Optional<Duration> ownCpu, OptionalDouble writtenBytes) {}

  Usage(Optional<ProcessFacts> server) {
    this.server = server;
  }

  @Override
  public void begin() {
    before = state();
  }

  @Override
  public void end() {
    after = state();
  }

  /** Microseconds of processor time of the server, or NaN. */
  double serverMicros() {
    return before == null || after == null
        ? Double.NaN
        : micros(after.serverCpu) - micros(before.serverCpu);
  }

  /** Microseconds of processor time of the load generator, or NaN. */
  double ownMicros() {
    return before == null || after == null
        ? Double.NaN
        : micros(after.ownCpu) - micros(before.ownCpu);
  }

  /** Returns the bytes that the system wrote to the disk for the server, or NaN. */
  double writtenBytes() {
    return before == null || after == null
        ? Double.NaN
        : after.writtenBytes.orElse(Double.NaN) - before.writtenBytes.orElse(Double.NaN);
  }

  private State state() {
    return new State(
        server.flatMap(ProcessFacts::cpu),
        SELF.cpu(),
        server
            .map(facts -> facts.writtenBytes().stream().asDoubleStream().findFirst())
            .orElse(OptionalDouble.empty()));
  }

  private static double micros(Optional<Duration> time) {
    return time.map(duration -> duration.toNanos() / 1e3).orElse(Double.NaN);
  }
}
