package org.ostraka.expression.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.expression.Values.b;
import static org.ostraka.expression.Values.error;
import static org.ostraka.expression.Values.n;
import static org.ostraka.expression.Values.s;
import static org.ostraka.expression.partiql.Statements.select;
import static org.ostraka.expression.partiql.Statements.where;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.expression.Comparison;
import org.ostraka.expression.KeyCondition;
import org.ostraka.expression.KeyTest;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;

/** "PartiQL select statements for DynamoDB" in the Developer Guide. */
final class ReadPlanTest {
  private static final AttributeDefinition PK = new AttributeDefinition("pk", ScalarType.S);
  private static final AttributeDefinition SK = new AttributeDefinition("sk", ScalarType.N);
  private static final TableKey SIMPLE = new TableKey(PK, Optional.empty());
  private static final TableKey COMPOSITE = new TableKey(PK, Optional.of(SK));

  private static ReadPlan plan(String rest, TableKey key) {
    return ReadPlan.of(select("SELECT * FROM t " + rest), key);
  }

  private static ReadPlan keyed(ReadPlan.Read... reads) {
    return new ReadPlan.Keyed(List.of(reads));
  }

  private static ReadPlan.Read read(String partition, KeyTest... sort) {
    return new ReadPlan.Read(new KeyCondition(List.of(s(partition)), List.of(sort)), List.of());
  }

  private static KeyTest equal(String number) {
    return new KeyTest.Compare(Comparison.EQUAL, n(number));
  }

  @Test
  void anEqualityOfThePartitionKeyReadsOnePartition() {
    assertThat(plan("WHERE pk = 'a'", SIMPLE)).isEqualTo(keyed(read("a")));
    assertThat(plan("WHERE 'a' = pk", COMPOSITE)).isEqualTo(keyed(read("a")));
    assertThat(plan("WHERE pk = 'a' AND sk = 1", COMPOSITE))
        .isEqualTo(keyed(read("a", equal("1"))));
    assertThat(plan("WHERE 1 <= sk AND pk = 'a'", COMPOSITE))
        .isEqualTo(keyed(read("a", new KeyTest.Compare(Comparison.GREATER_OR_EQUAL, n("1")))));
    assertThat(plan("WHERE pk = 'a' AND sk BETWEEN 1 AND 2", COMPOSITE))
        .isEqualTo(keyed(read("a", new KeyTest.Between(n("1"), n("2")))));
  }

  @Test
  void anInOrAnOrReadsSeveralPartitions() {
    assertThat(plan("WHERE pk IN ['a', 'b']", SIMPLE)).isEqualTo(keyed(read("a"), read("b")));
    assertThat(plan("WHERE pk = 'a' OR pk = 'b'", SIMPLE)).isEqualTo(keyed(read("a"), read("b")));
    assertThat(plan("WHERE pk IN ['a', 'b'] AND sk IN [1, 2]", COMPOSITE))
        .isEqualTo(
            keyed(
                read("a", equal("1")),
                read("a", equal("2")),
                read("b", equal("1")),
                read("b", equal("2"))));
    assertThat(plan("WHERE (pk = 'a' AND sk = 1) OR (pk = 'b' AND sk > 2)", COMPOSITE))
        .isEqualTo(
            keyed(
                read("a", equal("1")), read("b", new KeyTest.Compare(Comparison.GREATER, n("2")))));
  }

  @Test
  void whatNoKeyFindsFilters() {
    assertThat(plan("WHERE pk = 'a' AND x = 1 AND (y = 2 OR z = 3)", SIMPLE))
        .isEqualTo(
            keyed(
                new ReadPlan.Read(
                    new KeyCondition(List.of(s("a")), List.of()),
                    List.of(where("x = 1 AND (y = 2 OR z = 3)")))));
    assertThat(plan("WHERE pk = 'a' AND sk > 1 AND sk < 5 AND sk <> 3", COMPOSITE))
        .isEqualTo(
            keyed(
                new ReadPlan.Read(
                    new KeyCondition(List.of(s("a")), List.of(new KeyTest.Between(n("1"), n("5")))),
                    List.of(where("sk <> 3 AND sk > 1 AND sk < 5")))));
  }

  @Test
  void severalTestsOfTheSortKeyAreOneRange() {
    assertThat(sortTest("sk >= 1 AND sk <= 5")).isEqualTo(new KeyTest.Between(n("1"), n("5")));
    assertThat(sortTest("sk > 1 AND sk BETWEEN 0 AND 9 AND sk < 20"))
        .isEqualTo(new KeyTest.Between(n("1"), n("9")));
    assertThat(sortTest("sk > 1 AND sk >= 3"))
        .isEqualTo(new KeyTest.Compare(Comparison.GREATER_OR_EQUAL, n("3")));
    assertThat(sortTest("sk <= 3 AND sk < 3"))
        .isEqualTo(new KeyTest.Compare(Comparison.LESS, n("3")));
    assertThat(sortTest("sk < 3 AND sk = 2")).isEqualTo(equal("2"));
    // Nothing lies between these: what the filter leaves of either is nothing.
    assertThat(sortTest("sk > 5 AND sk < 1"))
        .isEqualTo(new KeyTest.Compare(Comparison.GREATER, n("5")));
  }

  private static KeyTest sortTest(String condition) {
    ReadPlan plan = plan("WHERE pk = 'a' AND " + condition, COMPOSITE);
    return ((ReadPlan.Keyed) plan).reads().getFirst().key().sort().getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pk > 'a'",
        "x = 'some address'",
        "pk = 'a' OR x = 'some address'",
        "pk <> 'a'",
        "NOT pk = 'a'",
        "begins_with(pk, 'a')",
        "pk.a = 'b'",
        "pk = x",
        "sk = 1",
        "pk IN ['a', x]",
        "pk = 'a' AND pk = 'b'",
      })
  void everythingElseReadsEverything(String condition) {
    assertThat(plan("WHERE " + condition, COMPOSITE))
        .isEqualTo(new ReadPlan.Scan(Optional.of(where(condition))));
  }

  @Test
  void noClauseReadsEverything() {
    assertThat(plan("", COMPOSITE)).isEqualTo(new ReadPlan.Scan(Optional.empty()));
  }

  // floci, DynamoDbPartiQLKeyPlan and DynamoDbPartiQLHandler.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "WHERE pk = TRUE                | Key value must be of type S, N, or B. Key name: pk, Key"
            + " type: BOOL",
        "WHERE x = 1 OR pk IN ['a', []] | Key value must be of type S, N, or B. Key name: pk, Key"
            + " type: L",
        "WHERE pk = 1                   | Key attribute's data type should match its data type in"
            + " table's schema: Key pk",
        "WHERE sk > 'a'                 | Key attribute's data type should match its data type in"
            + " table's schema: Key sk",
        "WHERE begins_with(sk, 'a')     | Key attribute's data type should match its data type in"
            + " table's schema: Key sk",
        "WHERE pk IN ['a', 'a']         | Overlapping conditions with range keys are not supported in"
            + " where clause",
        "WHERE pk = 'a' AND (sk < 2 OR sk > 1) | Overlapping conditions with range keys are not"
            + " supported in where clause",
        "WHERE pk = 'a' AND (sk = 2 OR x = 1)  | Overlapping conditions with range keys are not"
            + " supported in where clause",
        "WHERE pk = 'a' AND (sk > 2 OR sk > 3 OR sk <> 1) | Overlapping conditions with range keys are"
            + " not supported in where clause",
        "WHERE pk = ''                  | One or more parameter values are not valid. The"
            + " AttributeValue for a key attribute cannot contain an empty string value. Key: pk",
        "ORDER BY sk                    | Must have WHERE clause in the statement when using ORDER BY"
            + " clause.",
        "WHERE pk = 'a' ORDER BY x      | Attribute x in ORDER BY clause must be part of the primary"
            + " key",
        "WHERE sk = 1 ORDER BY sk       | Must have at least one non-optional hash key condition in"
            + " WHERE clause when using ORDER BY clause.",
        "WHERE pk IN ['a', 'b'] ORDER BY sk | Must have hash key in ORDER BY clause when more than one"
            + " hash key condition specified in WHERE clause.",
        "WHERE pk = 'a' ORDER BY sk DESC          | no error",
        "WHERE pk IN ['a', 'b'] ORDER BY pk, sk   | no error",
        "WHERE pk = 'a' AND (sk <= 1 OR sk > 1)   | no error",
        "WHERE pk = 1.0 AND NOT sk = 'a' OR x = 1 | Key attribute's data type should match its data"
            + " type in table's schema: Key pk",
        "WHERE NOT pk = 1                         | no error",
      })
  void keysHaveTheirRules(String rest, String message) {
    assertThat(error(() -> plan(rest, COMPOSITE))).isEqualTo(message);
  }

  // "PartiQL operators": at most 50 values of a partition key.
  @Test
  void aStatementReadsFiftyPartsAtMost() {
    StringBuilder values = new StringBuilder("'0'");
    for (int i = 1; i < 50; i++) {
      values.append(", '").append(i).append("'");
    }
    assertThat(error(() -> plan("WHERE pk IN [" + values + "]", COMPOSITE))).isEqualTo("no error");
    String tooMany = "Too many decomposed read operations for a given query.";
    assertThat(error(() -> plan("WHERE pk IN [" + values + ", 'x']", COMPOSITE)))
        .isEqualTo(tooMany);
    assertThat(error(() -> plan("WHERE pk IN [" + values + "] AND sk IN [1, 2]", COMPOSITE)))
        .isEqualTo(tooMany);
    assertThat(plan("WHERE x = 1 OR pk IN [" + values + ", 'x']", COMPOSITE))
        .isInstanceOf(ReadPlan.Scan.class);
  }

  // Recorded answers of the service, 2026: only ranges overlap.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pk = 'a' AND (sk < 2 OR sk <> 5)     | sk < 2    | sk <> 5",
        "pk = 'a' AND (sk < 2 OR NOT sk = 5)  | sk < 2    | NOT sk = 5",
        "(pk = 'a' AND sk > 1 AND x = 1) OR (pk = 'a' AND sk NOT BETWEEN 2 AND 3) | x = 1 AND sk > 1"
            + " | sk NOT BETWEEN 2 AND 3",
        "pk = 'a' AND (sk <> 1 OR sk = 1)     | sk <> 1   | sk = 1",
      })
  void branchesThatFilterTheSortKeyAreReadOnce(String condition, String first, String second) {
    assertThat(plan("WHERE " + condition, COMPOSITE))
        .isEqualTo(
            keyed(
                new ReadPlan.Read(
                    new KeyCondition(List.of(s("a")), List.of()),
                    List.of(where(first), where(second)))));
  }

  @Test
  void otherPartitionsAreReadAsEver() {
    assertThat(plan("WHERE pk IN ['a', 'b'] AND (sk = 1 OR sk <> 2) OR pk = 'c'", COMPOSITE))
        .isEqualTo(
            keyed(
                new ReadPlan.Read(
                    new KeyCondition(List.of(s("a")), List.of()),
                    List.of(where("sk = 1"), where("sk <> 2"))),
                new ReadPlan.Read(
                    new KeyCondition(List.of(s("b")), List.of()),
                    List.of(where("sk = 1"), where("sk <> 2"))),
                read("c")));
    assertThat(plan("WHERE (pk = 'a' AND sk <> 2) OR (pk = 'b' AND sk = 1)", COMPOSITE))
        .isEqualTo(
            keyed(
                new ReadPlan.Read(
                    new KeyCondition(List.of(s("a")), List.of()), List.of(where("sk <> 2"))),
                read("b", equal("1"))));
    assertThat(plan("WHERE pk = 'a' AND (sk <> 2 OR pk = 'a')", COMPOSITE))
        .isEqualTo(keyed(read("a")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "begins_with(k, 'ab')  | begins_with(k, 'ac')   | false",
        "begins_with(k, 'ab')  | begins_with(k, 'abc')  | true",
        "begins_with(k, 'ab')  | k >= 'ac'              | false",
        "begins_with(k, 'ab')  | k > 'abz'              | true",
        "begins_with(k, '\uD7FF') | k >= '\uE000'       | false",
        "begins_with(k, '\uDBFF\uDFFF') | k > 'z'       | true",
        "k BETWEEN 'a' AND 'b' | k BETWEEN 'b' AND 'c'  | true",
        "k BETWEEN 'a' AND 'b' | k > 'b'                | false",
        "k = 'a'               | k = 'a'                | true",
        "k < 'a'               | k > 'a'                | false",
      })
  void rangesOverlapOrNot(String first, String second, boolean overlap) {
    assertThat(range(first).overlaps(range(second))).isEqualTo(overlap);
    assertThat(range(second).overlaps(range(first))).isEqualTo(overlap);
  }

  private static SortRange range(String condition) {
    return SortRange.of(List.of(KeyLeaf.of(where(condition)).getFirst().test()));
  }

  @Test
  void prefixesOfBytesEndToo() {
    AttributeValue prefix = b(1, 0xFF);
    SortRange range = SortRange.of(List.of(new KeyTest.BeginsWith(prefix)));
    KeyTest after = new KeyTest.Compare(Comparison.GREATER_OR_EQUAL, b(2));
    KeyTest within = new KeyTest.Compare(Comparison.GREATER, b(1, 0xFF, 9));
    assertThat(range.overlaps(SortRange.of(List.of(after)))).isFalse();
    assertThat(range.overlaps(SortRange.of(List.of(within)))).isTrue();
    SortRange last = SortRange.of(List.of(new KeyTest.BeginsWith(b(0xFF))));
    assertThat(last.overlaps(SortRange.of(List.of(after)))).isTrue();
  }
}
