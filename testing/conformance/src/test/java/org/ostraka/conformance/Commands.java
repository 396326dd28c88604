package org.ostraka.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Runs other programs of this machine. Any thread may call. */
final class Commands {

  private Commands() {}

  /** Returns whether the PATH has an executable of this name. */
  static boolean isFound(String name) {
    return find(name).isPresent();
  }

  /** Returns the first executable of this name on the PATH. */
  static Optional<Path> find(String name) {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getenv("PATH"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs a program to its end and returns what it printed; fails unless it exits with 0. */
  static String run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new AssertionError("%s: exit status %d%n%s".formatted(command, status, output));
    }
    return output;
  }
}
