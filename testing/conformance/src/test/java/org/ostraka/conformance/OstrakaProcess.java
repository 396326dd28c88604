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
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real process of the server, started through {@code bin/ostraka}. One thread uses it; closing it
 * kills the process if it still runs.
 *
 * <p>Stops the process through its handle, since {@link Process#destroy} would close its output as
 * well.
 */
public final class OstrakaProcess implements AutoCloseable {

  /** How a process ended: its exit status and the lines that it printed. */
  public record Ended(int status, List<String> standardOutput, List<String> standardError) {

    /** Returns the whole output, for messages. */
    public String output() {
      return "exit status %d%n%s%n%s"
          .formatted(status, String.join("\n", standardOutput), String.join("\n", standardError));
    }
  }

  /** Generous, since the machines that run tests are shared; no test waits this long on purpose. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Pattern ENDPOINT = Pattern.compile("https?://[^\\s\"']+:\\d+");

  private final Process process;
  private final CapturedLines standardOutput;
  private final CapturedLines standardError;

  private OstrakaProcess(Process process) {
    this.process = process;
    this.standardOutput = CapturedLines.of(process.getInputStream());
    this.standardError = CapturedLines.of(process.getErrorStream());
  }

  /** Starts {@code bin/ostraka} with these arguments, and returns at once. */
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

  /**
   * Starts a server with its tables in {@code data}, on a port of its choice, and waits until it
   * listens.
   */
  static OstrakaProcess serve(Path data) throws InterruptedException {
    return serve(data, Map.of());
  }

  static OstrakaProcess serve(Path data, Map<String, String> environment)
      throws InterruptedException {
    OstrakaProcess server = startServing(data, environment);
    server.endpoint();
    return server;
  }

  /** Starts a server with further options, and waits until it listens. */
  public static OstrakaProcess serveWith(Path data, String... options) throws InterruptedException {
    return serveWith(data, Map.of(), options);
  }

  static OstrakaProcess serveWith(Path data, Map<String, String> environment, String... options)
      throws InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
    arguments.addAll(Arrays.asList(options));
    OstrakaProcess server = start(environment, arguments.toArray(String[]::new));
    server.endpoint();
    return server;
  }

  /** Starts a server with its tables in {@code data}, without waiting until it listens. */
  static OstrakaProcess startServing(Path data, Map<String, String> environment) {
    return start(environment, "serve", "--port", "0", "--data", data.toString());
  }

  /** Runs a command to its end. */
  static Ended run(String... arguments) throws InterruptedException {
    try (OstrakaProcess process = start(Map.of(), arguments)) {
      return process.awaitEnd();
    }
  }

  /**
   * Waits until the server listens and returns its endpoint; fails with the process's output when
   * it ends or takes too long.
   */
  public URI endpoint() throws InterruptedException {
    return endpointUnlessEnded()
        .orElseThrow(() -> new AssertionError("the server does not listen: " + stop().output()));
  }

  /** Waits until the server listens and returns its endpoint; empty when it ended before. */
  Optional<URI> endpointUnlessEnded() throws InterruptedException {
    return standardOutput.await(line -> ENDPOINT.matcher(line).find(), LIMIT).map(this::endpointIn);
  }

  /** Waits until the server has told where its admin listener is, and returns that. */
  URI adminEndpoint() throws InterruptedException {
    return standardOutput
        .await(line -> line.startsWith("Metrics and health on "), LIMIT)
        .map(this::endpointIn)
        .orElseThrow(() -> new AssertionError("no admin listener: " + stop().output()));
  }

  /** Waits for a line that the server logs; empty when it ends before or time is up. */
  Optional<String> awaitError(Predicate<String> wanted) throws InterruptedException {
    return standardError.await(wanted, LIMIT);
  }

  /** Returns the path of the program that the process runs now. */
  String program() {
    return process.info().command().orElseThrow();
  }

  /** Waits for at most this time and returns whether the process ended by itself. */
  boolean endsWithin(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Sends SIGKILL and waits for the end. */
  public Ended kill9() throws InterruptedException {
    process.toHandle().destroyForcibly();
    return awaitEnd();
  }

  /** Sends SIGTERM and waits for the graceful end. */
  public Ended terminate() throws InterruptedException {
    process.toHandle().destroy();
    return awaitEnd();
  }

  /** Waits until the process ends by itself; kills it and fails when it does not. */
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
