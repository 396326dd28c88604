package org.ostraka.conformance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tables, items, queries, scans, global tables, auto scaling, metrics and retries through the AWS
 * CLI. Three of them run at once, since some wait for the server: each has tables of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
final class CommandLineIT {

  @RegisterExtension private static final RunningServer SERVER = RunningServer.withRootKey();

  @Test
  void anElectionIsHeldAtTheCommandLine() throws Exception {
    run("smoke.sh");
  }

  @Test
  void aTableIsReplicatedAndWrittenToInTwoRegions() throws Exception {
    run("global-tables.sh");
  }

  @Test
  void aTableIsScaledAtTheCommandLine() throws Exception {
    run("auto-scaling.sh");
  }

  @Test
  void metricsAreReadAtTheCommandLine() throws Exception {
    run("metrics.sh");
  }

  @Test
  void throttledRequestsGoThroughByRetriesOfTheCommandLine() throws Exception {
    run("retries.sh");
  }

  private static void run(String suite) throws Exception {
    AwsCli.runSuite(SERVER.endpoint(), suite);
  }
}
