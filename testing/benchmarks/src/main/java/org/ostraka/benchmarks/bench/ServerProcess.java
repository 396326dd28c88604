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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own, on a port of its own choice, stopped when closed. One thread
 * uses it. What it says on standard error goes to this process's own.
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

  /** Starts a process and waits until a line of its output says where it listens. */
  static ServerProcess start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // Whoever ends the benchmark early ends what it started.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    // Its few other lines fit in the pipe.
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

  /** Where it listens. */
  URI endpoint() {
    return endpoint;
  }

  /** Its process. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Leaves it alone for so long. */
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
