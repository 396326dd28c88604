package org.ostraka.testkit.store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.testkit.random.RandomCase;

/** Acknowledged writes survive a crash at any moment, and nothing is half-written. */
interface CrashContract extends UnderTest {
  /** The number of crashes of one bank: enough for some to hit a write half-way. */
  int CRASHES_OF_A_BANK = 20;

  @Test
  default void acknowledgedTransfersSurviveCrashesWholly(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    Bank bank = new Bank();
    for (int crash = 0; crash < rounds(CRASHES_OF_A_BANK); crash++) {
      bank.transferUntilCrash(fixture(), random, crash);
      bank.audit(client());
    }
  }
}
