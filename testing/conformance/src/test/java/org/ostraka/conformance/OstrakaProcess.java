package org.ostraka.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One real process of the server, started through {@code bin/ostraka}. One thread uses it; closing
 * it kills what still runs.
 *
 * <p>It is ended through its handle, since {@link Process#destroy} would close its output as well.
 */
final class OstrakaProcess implements AutoCloseable {

  /** How a process ended: its exit status and the lines that it printed. */
  record Ended(int status, List<String> standardOutput, List<String> standardError) {

    /** Everything that it said, for messages. */
    String output() {
      return "exit status %d%n%s%n%s"
          .formatted(status, String.join("\n", standardOutput), String.join("\n", standardError));
    }
  }

  /** Generous, since machines that run tests are shared; no test waits this long on purpose. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Pattern ENDPOINT = Pattern.compile("https?://[^\\s\"']+:\\d+");

  private final Process process;
  private final CapturedLines standardOutput;
  private final CapturedLines standardError;

  private OstrakaProcess(Process process) {
    this.process = process;
    this.standardOutput = CapturedLines.of(process.getInputStream());
    this.standardError = CapturedLines.of(process.getErrorStream());
  }

  /** Starts {@code bin/ostraka} with these arguments, and waits for nothing. */
  static OstrakaProcess start(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Distribution.underTest().launcher().toString());
    command.addAll(Arrays.asList(arguments));
    return startCommand(environment, command);
  }

  /** Starts a command that ends in the launcher or in a copy of it. */
  static OstrakaProcess startCommand(Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    try {
      return new OstrakaProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that keeps its tables in {@code data}, on a port of its own choice, and listens. */
  static OstrakaProcess serve(Path data) throws InterruptedException {
    return serve(data, Map.of());
  }

  static OstrakaProcess serve(Path data, Map<String, String> environment)
      throws InterruptedException {
    OstrakaProcess server = startServing(data, environment);
    server.endpoint();
    return server;
  }

  /** The same, without waiting until it listens. */
  static OstrakaProcess startServing(Path data, Map<String, String> environment) {
    return start(environment, "serve", "--port", "0", "--data", data.toString());
  }

  /** Runs a command to its end. */
  static Ended run(String... arguments) throws InterruptedException {
    try (OstrakaProcess process = start(Map.of(), arguments)) {
      return process.awaitEnd();
    }
  }

  /** Where it listens; fails with the process's output when it ends or dawdles instead. */
  URI endpoint() throws InterruptedException {
    return endpointUnlessEnded()
        .orElseThrow(() -> new AssertionError("the server does not listen: " + stop().output()));
  }

  /** Where it listens, or empty when it ended before it listened. */
  Optional<URI> endpointUnlessEnded() throws InterruptedException {
    return standardOutput.await(line -> ENDPOINT.matcher(line).find(), LIMIT).map(this::endpointIn);
  }

  /** The path of the program that the process runs now. */
  String program() {
    return process.info().command().orElseThrow();
  }

  /** Whether it ends by itself within this time, at whose end at the latest this returns. */
  boolean endsWithin(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** SIGKILL, and the wait for the end. */
  Ended kill9() throws InterruptedException {
    process.toHandle().destroyForcibly();
    return awaitEnd();
  }

  /** SIGTERM, and the wait for the graceful end. */
  Ended terminate() throws InterruptedException {
    process.toHandle().destroy();
    return awaitEnd();
  }

  /** Waits until the process ends by itself; one that does not is killed and fails the test. */
  Ended awaitEnd() throws InterruptedException {
    boolean inTime = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    Ended ended = stop();
    if (!inTime) {
      throw new AssertionError("the process did not end within " + LIMIT + ": " + ended.output());
    }
    return ended;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  private URI endpointIn(String line) {
    Matcher matcher = ENDPOINT.matcher(line);
    if (!matcher.find()) {
      throw new IllegalArgumentException(line);
    }
    return URI.create(matcher.group());
  }

  private Ended stop() {
    close();
    try {
      return new Ended(
          process.exitValue(), standardOutput.awaitAll(LIMIT), standardError.awaitAll(LIMIT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the server ended", e);
    }
  }
}
