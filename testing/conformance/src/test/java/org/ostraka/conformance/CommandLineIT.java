package org.ostraka.conformance;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tables, items, queries, scans, global tables, auto scaling, metrics and retries through the AWS
 * CLI.
 */
final class CommandLineIT {

  @RegisterExtension private static final RunningServer SERVER = RunningServer.withRootKey();

  @Test
  void anElectionIsHeldAtTheCommandLine() throws InterruptedException {
    run("smoke.sh");
  }

  @Test
  void aTableIsReplicatedAndWrittenToInTwoRegions() throws InterruptedException {
    run("global-tables.sh");
  }

  @Test
  void aTableIsScaledAtTheCommandLine() throws InterruptedException {
    run("auto-scaling.sh");
  }

  @Test
  void metricsAreReadAtTheCommandLine() throws InterruptedException {
    run("metrics.sh");
  }

  @Test
  void throttledRequestsGoThroughByRetriesOfTheCommandLine() throws InterruptedException {
    run("retries.sh");
  }

  private static void run(String name) throws InterruptedException {
    ClientProgram.need(Commands.isFound("aws"), "AWS CLI: aws is not on the PATH");
    String suite = ClientProgram.sources("cli").resolve(name).toString();
    ClientProgram.runSuite(SERVER.endpoint(), List.of("bash", suite));
  }
}
