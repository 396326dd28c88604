package org.ostraka.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables, items, queries, scans and global tables through boto3, the AWS SDK for Python. */
final class Boto3IT {

  @RegisterExtension private static final RunningServer SERVER = RunningServer.withRootKey();

  @Test
  void anElectionIsHeldInPython() throws InterruptedException {
    Optional<Path> python = pythonWithBoto3();
    ClientProgram.need(python.isPresent(), "boto3: no python3 on this machine has it");
    Path suite = ClientProgram.sources("boto3").resolve("smoke.py");
    ClientProgram.runSuite(
        SERVER.endpoint(), List.of(python.orElseThrow().toString(), suite.toString()));
  }

  /**
   * Returns a Python that has boto3. The system's own Python comes first, since it has the system's
   * packages.
   */
  static Optional<Path> pythonWithBoto3() {
    return Stream.concat(
            Stream.of(Path.of("/usr/bin/python3")).filter(Files::isExecutable),
            Commands.find("python3").stream())
        .filter(Boto3IT::hasBoto3)
        .findFirst();
  }

  private static boolean hasBoto3(Path python) {
    List<String> command = List.of(python.toString(), "-c", "import boto3");
    return ClientProgram.prepare(Path.of("."), command).status() == 0;
  }
}
