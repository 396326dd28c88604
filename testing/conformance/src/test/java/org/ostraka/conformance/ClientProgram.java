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
 * A program in another language that uses the server as an application does. It finds the endpoint
 * and the credentials in its environment, and ends with status 0 if everything worked. Any thread
 * may call.
 */
final class ClientProgram {

  /**
   * How a program ended. A program that was stopped because it was too slow has a status other than
   * 0.
   */
  record Outcome(int status, String output) {}

  /**
   * Generous, since the machines that run tests are shared; starting processes takes most of the
   * time.
   */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** A program prints this before the name of something that it could not test here. */
  private static final String SKIPPED = "SKIPPED: ";

  private static final String NO_FILE = Path.of("no", "such", "file").toString();

  /**
   * Replaces the machine's own settings: the root key, one attempt for each request, and no other
   * endpoint.
   */
  private static final Map<String, String> ENVIRONMENT =
      Map.ofEntries(
          Map.entry("AWS_ACCESS_KEY_ID", RootKey.ID),
          Map.entry("AWS_SECRET_ACCESS_KEY", RootKey.SECRET),
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

  /** Returns the directory with the sources of the suite in this language. */
  static Path sources(String language) {
    return Distribution.moduleDirectory().resolve("src/test/resources/smoke").resolve(language);
  }

  /**
   * Runs a suite against the server to its end; fails with the suite's output unless it ends with
   * status 0.
   */
  static void runSuite(URI endpoint, List<String> command) {
    runSuite(endpoint, command, Map.of());
  }

  /** Runs a suite with further environment variables. */
  static void runSuite(URI endpoint, List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = builder(command);
    builder.environment().putAll(environment);
    builder.environment().put("AWS_ENDPOINT_URL", endpoint.toString());
    Outcome outcome = run(builder);
    outcome.output().lines().filter(line -> line.startsWith(SKIPPED)).forEach(System.out::println);
    if (outcome.status() != 0) {
      throw new AssertionError(
          "%s: exit status %d%n%s".formatted(command, outcome.status(), outcome.output()));
    }
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(ENVIRONMENT);
    return builder;
  }

  /** Starts a program with the environment of suites. Both outputs of it are one. */
  static Process start(List<String> command) throws IOException {
    return builder(command).redirectErrorStream(true).start();
  }

  /** Runs a preparation for a suite, such as the installation of a library. */
  static Outcome prepare(Path directory, List<String> command) {
    return run(new ProcessBuilder(command).directory(directory.toFile()));
  }

  /** Skips the test unless a requirement is there; the report names the missing one. */
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
