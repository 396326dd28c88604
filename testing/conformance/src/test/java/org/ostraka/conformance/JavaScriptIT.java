package org.ostraka.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.ostraka.conformance.ClientProgram.Outcome;

/**
 * Tables, items, queries and scans through the AWS SDK for JavaScript and its document client. npm
 * brings both into the build directory.
 */
final class JavaScriptIT {

  @RegisterExtension private static final RunningServer SERVER = new RunningServer();

  /** The oldest major version that the SDK runs on. */
  private static final int NODE_RELEASE_MIN = 20;

  @Test
  void anElectionIsHeldInJavaScript() throws Exception {
    ClientProgram.need(nodeRelease() >= NODE_RELEASE_MIN, "JavaScript: no node 20 or later");
    ClientProgram.need(Commands.isFound("npm"), "JavaScript: npm is not on the PATH");
    Path suite = copySuite();
    install(suite);
    ClientProgram.runSuite(
        SERVER.endpoint(), List.of("node", suite.resolve("smoke.mjs").toString()));
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
   * Copies the suite into npm's directory, since node searches modules beside the program that
   * imports them.
   */
  private static Path copySuite() throws IOException {
    Path directory = Distribution.moduleDirectory().resolve("target/smoke/javascript");
    Files.createDirectories(directory);
    try (Stream<Path> sources = Files.list(ClientProgram.sources("javascript"))) {
      for (Path source : sources.toList()) {
        Files.write(directory.resolve(source.getFileName()), Files.readAllBytes(source));
      }
    }
    return directory;
  }

  /**
   * Installs the packages. Without a network they may be missing, unless npm has installed them
   * before.
   */
  private static void install(Path directory) {
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
        "JavaScript: npm did not get the SDK: " + outcome.output().replace('\n', ' '));
  }
}
