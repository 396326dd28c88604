package org.ostraka.conformance;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables, items, queries and scans through the AWS CLI. */
final class CommandLineIT {

  @RegisterExtension private static final RunningServer SERVER = RunningServer.withRootKey();

  @Test
  void anElectionIsHeldAtTheCommandLine() throws InterruptedException {
    ClientProgram.need(Commands.isFound("aws"), "AWS CLI: aws is not on the PATH");
    String suite = ClientProgram.sources("cli").resolve("smoke.sh").toString();
    ClientProgram.runSuite(SERVER.endpoint(), List.of("bash", suite));
  }
}
