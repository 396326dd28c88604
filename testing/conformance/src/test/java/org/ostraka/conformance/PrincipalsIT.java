package org.ostraka.conformance;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Users, roles and keys through the AWS CLI, and what they may do with a table. */
final class PrincipalsIT {

  @RegisterExtension private static final RunningServer SERVER = RunningServer.withRootKey();

  @Test
  void principalsAreMadeUsedAndDeletedAtTheCommandLine() throws InterruptedException {
    ClientProgram.need(Commands.isFound("aws"), "AWS CLI: aws is not on the PATH");
    String suite = ClientProgram.sources("cli").resolve("principals.sh").toString();
    ClientProgram.runSuite(SERVER.endpoint(), List.of("bash", suite));
  }
}
