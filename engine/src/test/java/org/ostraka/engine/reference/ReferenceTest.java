package org.ostraka.engine.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.KeyType;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
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
    List<NewIndex> local =
        sort == null
            ? List.of()
            : List.of(
                index("local-h", "KEYS_ONLY", "pk", "h"), index("local-g", "INCLUDE", "pk", "g"));
    List<NewIndex> global =
        List.of(
            index("global-g", "ALL", "g"),
            index("global-hg", "INCLUDE", "h", "g"),
            index("global-gp", "KEYS_ONLY", "g", "pk"));
    NewIndex late = index("late", "INCLUDE", "h", "pk");
    List<NewIndex> all = Stream.of(local, global, List.of(late)).flatMap(List::stream).toList();
    Claim<Step> agreement =
        steps -> new ReferenceRun(new Engines.Sole(), key, local, global, late).all(steps);
    RandomCase.of(test).verify(agreement, new Steps(key, all).listsOfUpTo(MAX_STEPS), LISTS);
  }

  static NewIndex index(String name, String projection, String... keys) {
    List<KeySchemaElement> schema = new ArrayList<>();
    for (String key : keys) {
      schema.add(new KeySchemaElement(key, schema.isEmpty() ? KeyType.HASH : KeyType.RANGE));
    }
    List<String> included = projection.equals("INCLUDE") ? List.of("a", "b") : null;
    return new NewIndex(name, schema, projection, included, null, null);
  }
}
