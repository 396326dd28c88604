package org.ostraka.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.expression.Values.b;
import static org.ostraka.expression.Values.error;
import static org.ostraka.expression.Values.n;
import static org.ostraka.expression.Values.s;
import static org.ostraka.expression.Values.with;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;

/** "Key condition expressions for the Query operation" in the Developer Guide. */
final class KeyConditionTest {
  private static final AttributeDefinition PK = new AttributeDefinition("pk", ScalarType.S);
  private static final AttributeDefinition SK = new AttributeDefinition("sk", ScalarType.N);
  private static final TableKey SIMPLE = new TableKey(PK, Optional.empty());
  private static final TableKey COMPOSITE = new TableKey(PK, Optional.of(SK));

  private static final Object[] VALUES = {
    ":p", s("x"), ":1", n("1"), ":2", n("2"), ":e", s(""), ":b", b(1), "#pk", "pk"
  };

  private static KeyCondition resolve(String text, TableKey key) {
    return KeyCondition.resolve(clauses(text), key);
  }

  private static List<KeyClause> clauses(String text) {
    return KeyClause.listOf(
        ParsedCondition.parse(ExpressionParameter.KEY_CONDITION, text).bind(with(VALUES)));
  }

  @Test
  void thePartitionComesFirstWhereverItIsWritten() {
    KeyCondition expected =
        new KeyCondition(List.of(s("x")), List.of(new KeyTest.Compare(Comparison.GREATER, n("1"))));
    assertThat(resolve("pk = :p AND sk > :1", COMPOSITE)).isEqualTo(expected);
    assertThat(resolve("(sk > :1) and (#pk = :p)", COMPOSITE)).isEqualTo(expected);
    assertThat(resolve("(:p = pk AND :1 < sk)", COMPOSITE)).isEqualTo(expected);
    assertThat(resolve("pk = :p", COMPOSITE).sort()).isEmpty();
    assertThat(resolve("pk = :p", SIMPLE).partition()).containsExactly(s("x"));
  }

  @Test
  void sortKeysTakeRangesAndPrefixes() {
    assertThat(resolve("pk = :p AND sk BETWEEN :1 AND :2", COMPOSITE).sort())
        .containsExactly(new KeyTest.Between(n("1"), n("2")));
    TableKey text = new TableKey(PK, Optional.of(new AttributeDefinition("sk", ScalarType.S)));
    assertThat(resolve("pk = :p AND begins_with(sk, :p)", text).sort())
        .containsExactly(new KeyTest.BeginsWith(s("x")));
  }

  // dynalite, validations/index.js; nested attributes: ExtendDB pull request 195; one condition per
  // key: amplify-category-api pull request 3531.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pk = :p OR sk = :1       | Invalid operator used in KeyConditionExpression: OR",
        "NOT pk = :p              | Invalid operator used in KeyConditionExpression: NOT",
        "pk IN (:p)               | Invalid operator used in KeyConditionExpression: IN",
        "pk <> :p                 | Invalid operator used in KeyConditionExpression: <>",
        "contains(pk, :p)         | Invalid operator used in KeyConditionExpression: contains",
        "attribute_exists(pk)     | Invalid operator used in KeyConditionExpression:"
            + " attribute_exists",
        "pk = :p AND size(sk) = :1 | KeyConditionExpressions cannot contain nested operations",
        "pk.a = :p                | KeyConditionExpressions cannot have conditions on nested"
            + " attributes",
        "pk = :p AND sk[0] = :1   | KeyConditionExpressions cannot have conditions on nested"
            + " attributes",
        "pk = :p AND pk = :p      | KeyConditionExpressions must only contain one condition per key",
        "sk > :1 AND sk < :2 AND pk = :p | KeyConditionExpressions must only contain one condition"
            + " per key",
        "pk = sk                  | Invalid condition in KeyConditionExpression: Multiple attribute"
            + " names used in one condition",
        ":p = :p                  | Invalid condition in KeyConditionExpression: No key attribute"
            + " specified",
        "pk = :p AND :1 BETWEEN sk AND :2 | Invalid condition in KeyConditionExpression: BETWEEN"
            + " operator must have the key attribute as its first operand",
        "begins_with(:p, pk)      | Invalid condition in KeyConditionExpression: begins_with"
            + " operator must have the key attribute as its first operand",
        "((pk = :p))              | The expression has redundant parentheses;",
        "pk = :p AND sk BETWEEN :2 AND :1 | The BETWEEN operator requires upper bound to be greater"
            + " than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper"
            + " bound operand: AttributeValue: {N:1}",
        "pk <> :p OR pk = :x      | An expression attribute value used in expression is not"
            + " defined; attribute value: :x",
      })
  void clausesThatNoKeyConditionMayHaveAreRefused(String text, String message) {
    assertThat(error(() -> clauses(text))).isEqualTo("Invalid KeyConditionExpression: " + message);
  }

  // dynalite, actions/query.js; the name at the end: dynamoose issues 353 and 992.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sk = :1                       | Query condition missed key schema element: pk",
        "elsewhere = :1               | Query condition missed key schema element: pk",
        "pk = :p AND elsewhere = :1    | Query condition missed key schema element: sk",
        "pk > :p                       | Query key condition not supported",
        "pk > :p AND sk = :1           | Query key condition not supported",
        "pk = :1                       | One or more parameter values were invalid: Condition"
            + " parameter type does not match schema type",
        "pk = :p AND sk = :p           | One or more parameter values were invalid: Condition"
            + " parameter type does not match schema type",
        "pk = :p AND sk = :1 AND c = :1 | The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)",
        "pk = :e                       | One or more parameter values are not valid. The"
            + " AttributeValue for a key attribute cannot contain an empty string value. Key: pk",
      })
  void clausesMustFitTheKey(String text, String message) {
    assertThat(error(() -> resolve(text, COMPOSITE))).isEqualTo(message);
  }

  @Test
  void aKeyWithoutSortKeyTakesOneClause() {
    assertThat(error(() -> resolve("pk = :p AND sk = :1", SIMPLE)))
        .isEqualTo("Query key condition not supported");
  }

  // "Multi-attribute keys" in the Developer Guide; texts: floci pull request 2471.
  @Test
  void keysOfSeveralAttributesAreMetFromTheLeft() {
    List<AttributeDefinition> partition = List.of(PK, new AttributeDefinition("p2", ScalarType.N));
    List<AttributeDefinition> sort =
        List.of(
            new AttributeDefinition("r1", ScalarType.N),
            new AttributeDefinition("r2", ScalarType.N),
            new AttributeDefinition("r3", ScalarType.N));
    String start = "p2 = :2 AND pk = :p";
    assertThat(KeyCondition.resolve(clauses("r2 > :1 AND r1 = :2 AND " + start), partition, sort))
        .isEqualTo(
            new KeyCondition(
                List.of(s("x"), n("2")),
                List.of(
                    new KeyTest.Compare(Comparison.EQUAL, n("2")),
                    new KeyTest.Compare(Comparison.GREATER, n("1")))));
    assertThat(KeyCondition.resolve(clauses(start), partition, sort).sort()).isEmpty();
    assertThat(error(() -> KeyCondition.resolve(clauses("pk = :p"), partition, sort)))
        .isEqualTo("Query condition missed key schema element: p2");
    assertThat(error(() -> KeyCondition.resolve(clauses(start + " AND r2 = :1"), partition, sort)))
        .isEqualTo(
            "RANGE key attributes r1 must have equality conditions specified in the query because"
                + " a condition is present on key attribute r2");
    assertThat(
            error(() ->
                KeyCondition.resolve(clauses(start + " AND r1 > :1 AND r2 = :1"), partition, sort)))
        .startsWith("RANGE key attributes r1 must have equality conditions");
    assertThat(error(() -> KeyCondition.resolve(clauses(start + " AND c = :1"), partition, sort)))
        .isEqualTo("Query key condition not supported");
  }

  @Test
  void otherExpressionsLeaveKeyAttributesAlone() {
    List<String> keys = List.of("pk", "sk");
    Condition filter = Values.condition("a = :1 AND NOT size(sk.x) > :1", VALUES);
    assertThat(error(() -> KeyAttributeRules.refuseInFilter(filter, keys)))
        .isEqualTo(
            "Filter Expression can only contain non-primary key attributes: Primary key attribute:"
                + " sk");
    assertThat(error(() -> KeyAttributeRules.refuseNested(filter.paths(), keys)))
        .isEqualTo(
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
                + " allowed: Key: sk");
    Update update = ParsedUpdate.parse("SET a = :1 REMOVE pk").bind(with(VALUES));
    assertThat(error(() -> KeyAttributeRules.refuseInUpdate(update, keys)))
        .isEqualTo(
            "One or more parameter values were invalid: Cannot update attribute pk. This attribute"
                + " is part of the key");
  }
}
