package org.ostraka.engine.reference;

import java.util.Optional;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.engine.table.TestEngine;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.testkit.random.Claim;
import org.ostraka.testkit.random.RandomCase;

/**
 * Random operations in both request forms, with restarts, on tables with each kind of key: 10,000
 * and more in all.
 */
final class ReferenceTest {
  /** Steps of one list, at most: half as many on average. */
  private static final int MAX_STEPS = 120;

  private static final int LISTS = 50;

  @ParameterizedTest
  @CsvSource({"S,", "S,N", "N,B", "B,S"})
  void aTableAgreesWithItsReference(ScalarType partition, ScalarType sort, TestInfo test) {
    TableKey key =
        new TableKey(
            new AttributeDefinition("pk", partition),
            Optional.ofNullable(sort).map(type -> new AttributeDefinition("sk", type)));
    Claim<Step> agreement = steps -> new ReferenceRun(new TestEngine(), key).all(steps);
    RandomCase.of(test).verify(agreement, new Steps(key).listsOfUpTo(MAX_STEPS), LISTS);
  }
}
