package org.ostraka.conformance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Users, roles and keys through the AWS CLI, and what they may do with a table. */
final class PrincipalsIT {

  @RegisterExtension private static final RunningServer SERVER = RunningServer.withRootKey();

  @Test
  void principalsAreMadeUsedAndDeletedAtTheCommandLine() throws Exception {
    AwsCli.runSuite(SERVER.endpoint(), "principals.sh");
  }
}
