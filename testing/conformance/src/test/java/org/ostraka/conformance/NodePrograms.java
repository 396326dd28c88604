package org.ostraka.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ostraka.conformance.ClientProgram.Outcome;

/** Programs for Node.js, whose packages npm brings into the build directory. */
final class NodePrograms {
  /** The oldest major version that the packages run on. */
  private static final int NODE_RELEASE_MIN = 20;

  private NodePrograms() {}

  /**
   * Copies programs into npm's directory, since node searches modules beside the program that
   * imports them, and installs their packages.
   *
   * @param name what needs them, for the report of what was skipped
   * @param sources the directory of the programs and of their package.json
   * @return the directory of the installed programs
   */
  static Path install(String name, Path sources) throws IOException {
    ClientProgram.need(nodeRelease() >= NODE_RELEASE_MIN, name + ": no node 20 or later");
    ClientProgram.need(Commands.isFound("npm"), name + ": npm is not on the PATH");
    Path directory = Distribution.filesDirectory().resolve(sources.getFileName());
    Files.createDirectories(directory);
    try (Stream<Path> files = Files.list(sources)) {
      for (Path source : files.toList()) {
        Files.write(directory.resolve(source.getFileName()), Files.readAllBytes(source));
      }
    }
    npmInstall(name, directory);
    return directory;
  }

  /** Returns the major version of the node on the PATH, such as 20, or 0. */
  private static int nodeRelease() {
    if (!Commands.isFound("node")) {
      return 0;
    }
    List<String> command = List.of("node", "-p", "process.versions.node.split('.')[0]");
    Outcome outcome = ClientProgram.prepare(Path.of("."), command);
    return outcome.output().matches("\\d+") ? Integer.parseInt(outcome.output()) : 0;
  }

  /**
   * Installs the packages. Without a network they may be missing, unless npm has installed them
   * before.
   */
  private static void npmInstall(String name, Path directory) {
    Outcome outcome =
        ClientProgram.prepare(
            directory,
            List.of(
                "npm",
                "install",
                "--no-package-lock",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefer-offline",
                "--fetch-retries=1",
                "--fetch-timeout=30000"));
    ClientProgram.need(
        outcome.status() == 0,
        name + ": npm did not get the packages: " + outcome.output().replace('\n', ' '));
  }
}
