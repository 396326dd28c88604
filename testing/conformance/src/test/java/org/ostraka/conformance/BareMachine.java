package org.ostraka.conformance;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * This machine without any Java or Maven: a PATH with only the usual small programs, an empty home,
 * and a mount namespace of its own in which the directories of installed Javas are empty. One
 * thread uses it.
 */
final class BareMachine {

  private static final List<String> USUAL_PROGRAMS =
      List.of(
          "bash",
          "cat",
          "dirname",
          "env",
          "find",
          "flock",
          "head",
          "mktemp",
          "readlink",
          "rm",
          "sh",
          "touch",
          "uname");

  /**
   * Hides the directories of installed Javas; then runs its other arguments with its first argument
   * as the PATH.
   */
  private static final String HIDE =
      """
      for place in /usr/lib/jvm /opt; do
        [ ! -d "$place" ] || mount -t tmpfs tmpfs "$place" || exit 99
      done
      PATH="$1"; export PATH; shift
      exec "$@"
      """;

  private final Path directory;
  private final Path programs;
  private String javaHome = "";

  private BareMachine(Path directory) throws IOException {
    this.directory = directory;
    this.programs = Files.createDirectory(directory.resolve("programs"));
  }

  /** Prepares the machine; skips the test where this process may not mount. */
  static BareMachine prepare(Path directory) throws IOException, InterruptedException {
    BareMachine machine = new BareMachine(directory);
    for (String program : USUAL_PROGRAMS) {
      Path here = Commands.find(program).orElseThrow();
      Files.copy(here, machine.programs.resolve(program), StandardCopyOption.COPY_ATTRIBUTES);
    }
    try {
      Commands.run(Map.of(), machine.command(List.of("env")));
    } catch (IOException | AssertionError e) {
      abort("skipped: the Javas of this machine cannot be hidden: " + e.getMessage());
    }
    return machine;
  }

  /** Adds a program to the PATH that fails when it is called. */
  BareMachine withProgram(String name) throws IOException {
    writeProgram(programs.resolve(name));
    return this;
  }

  /** Adds a JDK of this version as JAVA_HOME; its programs fail when they are called. */
  BareMachine withJava(String version) throws IOException {
    Path home = directory.resolve("java");
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    writeProgram(home.resolve("bin/java"));
    writeProgram(home.resolve("bin/javac"));
    javaHome = home.toString();
    return this;
  }

  OstrakaProcess.Ended run(Path launcher, List<String> arguments) throws InterruptedException {
    List<String> launch = new ArrayList<>(List.of(launcher.toString()));
    launch.addAll(arguments);
    Map<String, String> environment = Map.of("JAVA_HOME", javaHome, "HOME", directory.toString());
    try (OstrakaProcess process = OstrakaProcess.startCommand(environment, command(launch))) {
      return process.awaitEnd();
    }
  }

  private List<String> command(List<String> launch) {
    List<String> command =
        new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", HIDE, "sh", programs.toString()));
    command.addAll(launch);
    return command;
  }

  private static void writeProgram(Path file) throws IOException {
    Files.writeString(file, "#!/bin/sh\necho \"$0 was called\" >&2\nexit 70\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
