package org.ostraka.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A program in another language that uses the server as an application would: it finds the server
 * and its credentials in its environment, and ends with status 0 if all was well. Any thread may
 * call.
 */
final class ClientProgram {

  /** How a program ended. One that was ended for its slowness has a status other than 0. */
  record Outcome(int status, String output) {}

  /** Generous, since machines that run tests are shared; most of it is the start of processes. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** What a program prints before the name of something that it could not try here. */
  private static final String SKIPPED = "SKIPPED: ";

  private static final String NO_FILE = Path.of("no", "such", "file").toString();

  /** Nothing of the machine's own settings: one attempt, and no way around the server. */
  private static final Map<String, String> ENVIRONMENT =
      Map.ofEntries(
          Map.entry("AWS_ACCESS_KEY_ID", "local"),
          Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
          Map.entry("AWS_REGION", "eu-central-1"),
          Map.entry("AWS_DEFAULT_REGION", "eu-central-1"),
          Map.entry("AWS_CONFIG_FILE", NO_FILE),
          Map.entry("AWS_SHARED_CREDENTIALS_FILE", NO_FILE),
          Map.entry("AWS_EC2_METADATA_DISABLED", "true"),
          Map.entry("AWS_MAX_ATTEMPTS", "1"),
          Map.entry("AWS_PAGER", ""),
          Map.entry("PYTHONDONTWRITEBYTECODE", "1"),
          Map.entry("PYTHONUNBUFFERED", "1"),
          Map.entry("no_proxy", "127.0.0.1"),
          Map.entry("NO_PROXY", "127.0.0.1"));

  private ClientProgram() {}

  /** Where the sources of the suite in this language lie. */
  static Path sources(String language) {
    return Distribution.moduleDirectory().resolve("src/test/resources/smoke").resolve(language);
  }

  /** Runs a suite on the server to its end; fails with what it printed unless all was well. */
  static void runSuite(URI endpoint, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(ENVIRONMENT);
    builder.environment().put("AWS_ENDPOINT_URL", endpoint.toString());
    Outcome outcome = run(builder);
    outcome.output().lines().filter(line -> line.startsWith(SKIPPED)).forEach(System.out::println);
    if (outcome.status() != 0) {
      throw new AssertionError(
          "%s: exit status %d%n%s".formatted(command, outcome.status(), outcome.output()));
    }
  }

  /** Runs something that a suite needs, such as the installation of a library. */
  static Outcome prepare(Path directory, List<String> command) {
    return run(new ProcessBuilder(command).directory(directory.toFile()));
  }

  /** Ends the test, unless this is there; its absence is told by the name of what is missing. */
  static void need(boolean isThere, String missing) {
    if (!isThere) {
      System.out.println(SKIPPED + missing);
      Assumptions.abort("skipped: " + missing);
    }
  }

  private static Outcome run(ProcessBuilder builder) {
    try {
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      CapturedLines output = CapturedLines.of(process.getInputStream());
      boolean inTime = process.waitFor(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.toHandle().destroyForcibly();
      int status = process.waitFor();
      List<String> lines = new ArrayList<>(output.awaitAll(OstrakaProcess.LIMIT));
      if (!inTime) {
        lines.add("(ended after " + LIMIT + ")");
      }
      return new Outcome(inTime ? status : -1, String.join("\n", lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a program ran", e);
    }
  }
}
