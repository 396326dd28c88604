package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A server under load: one that was started for the benchmark, or one that was running. One thread.
 */
final class Target implements AutoCloseable {
  private final String name;
  private final URI endpoint;
  private final Optional<ServerProcess> process;
  private final Optional<Duration> startUp;
  private final OptionalLong idleBytes;

  private Target(
      String name,
      URI endpoint,
      Optional<ServerProcess> process,
      Optional<Duration> startUp,
      OptionalLong idleBytes) {
    this.name = name;
    this.endpoint = endpoint;
    this.process = process;
    this.startUp = startUp;
    this.idleBytes = idleBytes;
  }

  /** Makes a target of a server that runs already. */
  static Target running(String name, URI endpoint) {
    return new Target(name, endpoint, Optional.empty(), Optional.empty(), OptionalLong.empty());
  }

  /** Makes a target of a server that was started. */
  static Target started(
      String name, ServerProcess process, Duration startUp, OptionalLong idleBytes) {
    return new Target(
        name, process.endpoint(), Optional.of(process), Optional.of(startUp), idleBytes);
  }

  String name() {
    return name;
  }

  URI endpoint() {
    return endpoint;
  }

  /** Returns the time from the start of the process to its first answer. */
  Optional<Duration> startUp() {
    return startUp;
  }

  /** Returns the resident memory of the idle server after its start. */
  OptionalLong idleBytes() {
    return idleBytes;
  }

  Optional<ProcessFacts> facts() {
    return process.map(server -> ProcessFacts.of(server.handle().pid()));
  }

  Optional<ServerProcess> process() {
    return process;
  }

  @Override
  public void close() throws IOException {
    process.ifPresent(ServerProcess::close);
  }
}
