package org.ostraka.testkit.store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.testkit.random.Claim;
import org.ostraka.testkit.random.RandomCase;

/** Whatever is done to it, one thing after the other, a store says what a sorted map would say. */
interface ModelContract extends UnderTest {
  /** Operations of one list, at most. */
  int MODEL_OPERATIONS = 120;

  /** Lists of operations tried; a store that takes long to reopen may try fewer. */
  default int modelRuns() {
    return 60;
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
