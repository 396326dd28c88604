package org.ostraka.benchmarks.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own, on a port of its choice; closing it stops the process. Its
 * standard error goes to this process's standard error. One thread uses it.
 */
final class ServerProcess implements AutoCloseable {

  private static final Pattern ENDPOINT = Pattern.compile("http://[^\\s\"']+:\\d+");

  private final Process process;
  private final URI endpoint;

  private ServerProcess(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts Ostraka on a port of its choice, and waits until it listens. */
  static ServerProcess start(Path home, Path data, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/ostraka").toAbsolutePath().toString());
    command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
    command.addAll(List.of(more));
    return start(command);
  }

  /** Starts Ostraka over a database, and waits until it listens. */
  static ServerProcess startOn(Path home, String database, List<String> more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/ostraka").toAbsolutePath().toString());
    command.addAll(List.of("serve", "--port", "0"));
    command.addAll(more);
    return start(command, Map.of("OSTRAKA_STORE", database));
  }

  /** Starts a process and waits until a line of its output says where it listens. */
  static ServerProcess start(List<String> command) throws IOException {
    return start(command, Map.of());
  }

  private static ServerProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // If the benchmark is stopped early, its servers stop with it.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    // Nobody reads the server's later output: its few lines fit in the pipe.
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = output.readLine();
    while (line != null) {
      Matcher matcher = ENDPOINT.matcher(line);
      if (matcher.find()) {
        return new ServerProcess(process, URI.create(matcher.group()));
      }
      line = output.readLine();
    }
    process.destroy();
    throw new IOException("a server ended before it listened: " + command.getFirst());
  }

  /** Returns the server's endpoint. */
  URI endpoint() {
    return endpoint;
  }

  /** Returns the server's process. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Waits for this time; fails if the server ends meanwhile. */
  void rest(Duration duration) throws IOException {
    try {
      if (process.waitFor(duration.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the server ended by itself");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
