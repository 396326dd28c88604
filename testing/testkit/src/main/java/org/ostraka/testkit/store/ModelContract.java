package org.ostraka.testkit.store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.testkit.random.Claim;
import org.ostraka.testkit.random.RandomCase;

/** For any sequence of operations, a store gives the same answers as a sorted map. */
interface ModelContract extends UnderTest {
  /** The most operations of one list. */
  int MODEL_OPERATIONS = 120;

  /** Returns the number of lists to try; a store that takes long to reopen may choose fewer. */
  default int modelRuns() {
    return rounds(60);
  }

  @Test
  default void storeAgreesWithASortedMap(TestInfo test) {
    Claim<StoreOperation> agreement =
        operations -> {
          try (StoreFixture fixture = open()) {
            new ModelRun(fixture).all(operations);
          }
        };
    RandomCase.of(test)
        .verify(agreement, new StoreOperations().listsOfUpTo(MODEL_OPERATIONS), modelRuns());
  }
}
