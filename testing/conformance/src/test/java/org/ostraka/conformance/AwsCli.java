package org.ostraka.conformance;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Suites of commands of the AWS CLI. Most of the time of a command goes into loading the CLI, so
 * one process loads it, and forks for each command of this JVM ({@code aws_cli.py}). Suites that
 * choose another home directory have to start the CLI themselves: it looks for that directory while
 * it is loaded. Any thread may call.
 */
final class AwsCli {

  private static final int LINE_BYTES = 512;
  private static final String SOCKET = "socket ";

  /** The environment of suites: their PATH begins with a directory that has the loaded CLI. */
  private static @Nullable Map<String, String> environment;

  /** Has loaded the CLI. It ends with its input, which is when this JVM ends. */
  private static @Nullable Process process;

  private AwsCli() {}

  /** Skips the test unless {@code aws} is on the PATH. */
  static void need() {
    ClientProgram.need(Commands.isFound("aws"), "AWS CLI: aws is not on the PATH");
  }

  /** Runs a suite against the server; skips the test unless {@code aws} is on the PATH. */
  static void runSuite(URI endpoint, String suite, String... arguments)
      throws IOException, InterruptedException {
    need();
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add(ClientProgram.sources("cli").resolve(suite).toString());
    command.addAll(List.of(arguments));
    ClientProgram.runSuite(endpoint, command, environment());
  }

  private static synchronized Map<String, String> environment()
      throws IOException, InterruptedException {
    if (environment == null) {
      Path program = program();
      List<String> python = python(program);
      // Nothing can load a CLI that is no program in Python.
      environment = python.isEmpty() ? Map.of() : load(python, program);
    }
    return environment;
  }

  /** Returns the program {@code aws}, or the one behind it if it is a shim of pyenv. */
  private static Path program() throws IOException, InterruptedException {
    Path found = Commands.find("aws").orElseThrow();
    Path pyenv = found.resolveSibling("../bin/pyenv").normalize();
    return found.getParent().endsWith("shims") && Files.isExecutable(pyenv)
        ? Path.of(Commands.run(Map.of(), List.of(pyenv.toString(), "which", "aws")).strip())
        : found;
  }

  /** Returns the command of Python in the first line of a program; empty if there is none. */
  private static List<String> python(Path program) throws IOException {
    try (InputStream stream = Files.newInputStream(program)) {
      String start = new String(stream.readNBytes(LINE_BYTES), StandardCharsets.ISO_8859_1);
      String line = start.lines().findFirst().orElse("");
      List<String> words = List.of(line.replaceFirst("^#!\\s*", "").strip().split("\\s+"));
      boolean isPython = line.matches("#!\\s*\\S*/python[^/]*");
      return isPython ? words : List.of();
    }
  }

  /** Starts the process that has the CLI, and writes an {@code aws} that calls it. */
  private static Map<String, String> load(List<String> python, Path program)
      throws IOException, InterruptedException {
    String source = Distribution.moduleDirectory().resolve("src/test/python/aws_cli.py").toString();
    List<String> command = new ArrayList<>(python);
    command.addAll(List.of(source, "serve", program.toString()));
    process = ClientProgram.start(command);
    CapturedLines output = CapturedLines.of(process.getInputStream());
    Optional<String> line = output.await(it -> it.startsWith(SOCKET), OstrakaProcess.LIMIT);
    if (line.isEmpty()) {
      process.destroyForcibly();
      throw new AssertionError(command + ": " + output.awaitAll(OstrakaProcess.LIMIT));
    }
    String socket = line.get().substring(SOCKET.length());
    Path directory = Files.createDirectories(Distribution.filesDirectory().resolve("aws-cli"));
    Path aws = directory.resolve("aws");
    Files.writeString(
        aws,
        "#!/bin/sh\nexec '%s' -IS '%s' '%s' \"$@\"\n".formatted(python.getFirst(), source, socket));
    Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Map.of("PATH", directory + File.pathSeparator + System.getenv("PATH"));
  }
}
