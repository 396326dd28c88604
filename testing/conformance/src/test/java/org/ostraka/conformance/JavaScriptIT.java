package org.ostraka.conformance;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tables, items, queries and scans through the AWS SDK for JavaScript and its document client. npm
 * brings both into the build directory.
 */
final class JavaScriptIT {

  @RegisterExtension private static final RunningServer SERVER = RunningServer.withRootKey();

  @Test
  void anElectionIsHeldInJavaScript() throws Exception {
    Path suite = NodePrograms.install("JavaScript", ClientProgram.sources("javascript"));
    ClientProgram.runSuite(
        SERVER.endpoint(), List.of("node", suite.resolve("smoke.mjs").toString()));
  }
}
