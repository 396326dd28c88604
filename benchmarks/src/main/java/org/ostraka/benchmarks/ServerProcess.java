package org.ostraka.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server started through {@code bin/ostraka} on a port of its own choice, stopped when closed.
 * One thread uses it. What it says on standard error goes to this process's own.
 */
final class ServerProcess implements AutoCloseable {

  private static final Pattern ENDPOINT = Pattern.compile("http://[^\\s\"']+:\\d+");

  private final Process process;
  private final URI endpoint;

  private ServerProcess(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts it and waits until it says where it listens. */
  static ServerProcess start(Path home, Path data) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            home.resolve("bin/ostraka").toAbsolutePath().toString(),
            "serve",
            "--port",
            "0",
            "--data",
            data.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
    throw new IOException("the server ended before it listened");
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
