package org.ostraka.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stream clients of the AWS SDKs for Python and for JavaScript read a stream from its first
 * change to its last one, while the table is written, shards get successors every two seconds, and
 * one shard is split. Their programs compare what they read with what they wrote.
 *
 * <p>They make {@code -Dostraka.stream.changes=N} changes at least.
 */
@Timeout(300)
final class StreamClientsIT {
  private static final String CHANGES =
      Integer.getInteger("ostraka.stream.changes", 1_000).toString();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void aStreamIsFollowedToItsEndInPython() throws Exception {
    Optional<Path> python = Boto3IT.pythonWithBoto3();
    ClientProgram.need(python.isPresent(), "boto3: no python3 on this machine has it");
    follow(python.orElseThrow().toString(), ClientProgram.sources("boto3").resolve("follow.py"));
  }

  @Test
  void aStreamIsFollowedToItsEndInJavaScript() throws Exception {
    Path programs = NodePrograms.install("JavaScript", ClientProgram.sources("javascript"));
    follow("node", programs.resolve("follow.mjs"));
  }

  private void follow(String interpreter, Path program) throws Exception {
    try (OstrakaProcess server =
        OstrakaProcess.serveWith(
            directory.resolve("data"), RootKey.ENVIRONMENT, "--shard-lifetime", "2")) {
      ClientProgram.runSuite(server.endpoint(), List.of(interpreter, program.toString(), CHANGES));
    }
  }
}
