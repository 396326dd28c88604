package org.ostraka.benchmarks.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Describes the machine and the commit that are measured. Stateless. */
final class Machine {

  private Machine() {}

  /** Returns a sentence with date, commit, processors, kernel and JVM. */
  static String describe(Path home) {
    return "Measured on %s at commit %s; %d processors (%s), %s of memory; %s %s; Java %s (%s)."
        .formatted(
            LocalDate.now(ZoneId.systemDefault()),
            commit(home),
            Runtime.getRuntime().availableProcessors(),
            value(Path.of("/proc/cpuinfo"), "model name"),
            value(Path.of("/proc/meminfo"), "MemTotal"),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Runtime.version(),
            System.getProperty("java.vendor"));
  }

  private static String commit(Path home) {
    return git(home, "rev-parse", "--short", "HEAD")
        .map(commit ->
            git(home, "status", "--porcelain", "--untracked-files=no").isPresent()
                ? commit + " with changes"
                : commit)
        .orElse("unknown");
  }

  /** Returns the first line of git's output; empty when there is none. */
  private static Optional<String> git(Path home, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder("git", "-C", home.toString());
    builder.command().addAll(List.of(arguments));
    try {
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        return Optional.ofNullable(reader.readLine());
      }
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static String value(Path file, String name) {
    try {
      return Files.readString(file)
          .lines()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException _) {
      return "unknown";
    }
  }
}
