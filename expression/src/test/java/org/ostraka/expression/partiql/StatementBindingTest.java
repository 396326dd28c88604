package org.ostraka.expression.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.expression.Values.b;
import static org.ostraka.expression.Values.bool;
import static org.ostraka.expression.Values.item;
import static org.ostraka.expression.Values.l;
import static org.ostraka.expression.Values.n;
import static org.ostraka.expression.Values.nul;
import static org.ostraka.expression.Values.s;
import static org.ostraka.expression.Values.ss;
import static org.ostraka.expression.partiql.Statements.error;
import static org.ostraka.expression.partiql.Statements.where;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.expression.AttributeType;
import org.ostraka.expression.Comparison;
import org.ostraka.expression.Condition;
import org.ostraka.expression.Operand;
import org.ostraka.expression.Path;
import org.ostraka.expression.Values;
import org.ostraka.model.AttributeValue;

/** "PartiQL operators" and "PartiQL functions" in the Developer Guide. */
final class StatementBindingTest {
  private static final AttributeValue[] NONE = {};

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = 1                                   | a = :1",
        "a <> 1 and b != 1                       | a <> :1 AND b <> :1",
        "a < 1 OR a <= 1 OR a > 1 OR a >= 1      | a < :1 OR a <= :1 OR a > :1 OR a >= :1",
        "a = 1 OR b = 1 AND NOT c = 1            | a = :1 OR (b = :1 AND NOT c = :1)",
        "(a = 1 OR b = 1) AND c = 1              | (a = :1 OR b = :1) AND c = :1",
        "a BETWEEN 1 AND 2 AND b = 1             | a BETWEEN :1 AND :2 AND b = :1",
        "a NOT BETWEEN 1 AND 2                   | NOT a BETWEEN :1 AND :2",
        "a IN [1, 2]                             | a IN (:1, :2)",
        "a IN (1)                                | a IN (:1)",
        "a IN (1, b)                             | a IN (:1, b)",
        "a NOT IN (1, 2)                         | NOT a IN (:1, :2)",
        "begins_with(a, 's')                     | begins_with(a, :s)",
        "BEGINS_WITH(\"a\", 's')                 | begins_with(a, :s)",
        "NOT contains(a.b[0], 1)                 | NOT contains(a.b[0], :1)",
        "attribute_type(a, 'S')                  | attribute_type(a, :S)",
        "SIZE(a) > 1                             | size(a) > :1",
        "a IS MISSING OR b IS NOT MISSING        | attribute_not_exists(a) OR attribute_exists(b)",
        "a IS NULL OR b IS NOT NULL              | attribute_type(a, :NULL) OR NOT attribute_type(b,"
            + " :NULL)",
        "attribute_exists(a)                     | attribute_exists(a)",
        "attribute_not_exists(a)                 | attribute_not_exists(a)",
        "1 = a                                   | :1 = a",
        "NOT NOT a = b                           | NOT NOT a = b",
      })
  void conditionsAreThoseOfExpressions(String partiql, String expression) {
    Object[] values = {":1", n("1"), ":2", n("2"), ":s", s("s"), ":S", s("S"), ":NULL", s("NULL")};
    assertThat(where(partiql)).isEqualTo(Values.condition(expression, values));
  }

  @Test
  void equalityWithNullMeansTheValue() {
    assertThat(where("a = NULL"))
        .isEqualTo(
            new Condition.Compare(
                Comparison.EQUAL, Operand.attribute("a"), new Operand.Literal(nul())));
    assertThat(where("a IS NULL"))
        .isEqualTo(new Condition.HasType(Path.of("a"), AttributeType.NULL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1                 | 1",
        "1.50              | 1.5",
        "1e2               | 100",
        "1.5E-2            | 0.015",
        ".5                | 0.5",
        "-1                | -1",
        "+ 1               | 1",
        "- -1              | 1",
        "- + - 1.0         | 1",
        "00012             | 12",
      })
  void numbersAreWrittenAsInSql(String text, String number) {
    assertThat(literal(text)).isEqualTo(n(number));
  }

  @Test
  void literalsAreOfEveryTypeButBinary() {
    assertThat(literal("'it''s \"1\"\n'")).isEqualTo(s("it's \"1\"\n"));
    assertThat(literal("''")).isEqualTo(s(""));
    assertThat(literal("TRUE")).isEqualTo(bool(true));
    assertThat(literal("false")).isEqualTo(bool(false));
    assertThat(literal("[]")).isEqualTo(l());
    assertThat(literal("{}")).isEqualTo(Values.m());
    assertThat(literal("[1, [null], {'a': <<'x'>>}]"))
        .isEqualTo(l(n("1"), l(nul()), Values.m("a", ss("x"))));
    assertThat(literal("{'a': 1, \"b\": 2, c: 3}"))
        .isEqualTo(Values.m("a", n("1"), "b", n("2"), "c", n("3")));
  }

  private static AttributeValue literal(String text) {
    Condition condition = where("a = " + text);
    return ((Operand.Literal) ((Condition.Compare) condition).right()).value();
  }

  @Test
  void parametersAreReplacedInOrder() {
    assertThat(where("a = ? AND b IN (?, ?) AND c = '?'", s("x"), b(1), l()))
        .isEqualTo(
            Values.condition(
                "a = :x AND b IN (:b, :l) AND c = :q",
                ":x",
                s("x"),
                ":b",
                b(1),
                ":l",
                l(),
                ":q",
                s("?")));
    assertThat(PartiqlStatement.parse("INSERT INTO t VALUE {'a': ?, 'b': ?}").parameterCount())
        .isEqualTo(2);
    assertThat(Statements.statement("INSERT INTO t VALUE {'a': ?, 'b': ?}", s("1"), b(2)))
        .isEqualTo(new Statement.Insert("t", item("a", s("1"), "b", b(2))));
  }

  // floci and others for too few; no source tells of too many, of which the text says the same.
  @Test
  void parametersMustBeAsManyAsQuestionMarks() {
    String message = "Number of parameters in request and statement don't match.";
    assertThat(error("SELECT * FROM t WHERE a = ?", NONE)).isEqualTo(message);
    assertThat(error("SELECT * FROM t WHERE a = ?", n("1"), n("2"))).isEqualTo(message);
    assertThat(error("SELECT * FROM t", n("1"))).isEqualTo(message);
  }

  // floci, DynamoDbPartiQLParser; the texts of conditions are those of expressions.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = <<>>               | Empty bags are not supported",
        "a = <<1, 'x'>>         | Unsupported data type in Bag. DynamoDB only supports either"
            + " numbers or strings in bags",
        "a = <<TRUE>>           | Unsupported data type in Bag. DynamoDB only supports either numbers"
            + " or strings in bags",
        "a = <<'x', 'y', 'x'>>  | One or more parameter values were invalid: Input collection [x, y,"
            + " x] contains duplicates.",
        "a = <<1, 1.0>>         | One or more parameter values were invalid: Input collection [1, 1]"
            + " contains duplicates! under root",
        "a = [1, [?]]           | Unsupported data type: Parameter under key root[1][0] at 1:32:1",
        "a = {'b': ?}           | Unsupported data type: Parameter under key root.b at 1:33:1",
        "a[-1] = 1              | List index is not within the allowable range; index: [-1] at"
            + " 1:26:1",
        "a[4294967295] = 1      | List index is not within the allowable range; index: [4294967295]"
            + " at 1:25:10",
        "a < TRUE               | Incorrect operand type for operator or function; operator or"
            + " function: <, operand type: BOOL",
        "a BETWEEN 1 AND NULL   | Incorrect operand type for operator or function; operator or"
            + " function: BETWEEN, operand type: NULL",
        "a BETWEEN 2 AND 1      | The BETWEEN operator requires upper bound to be greater than or"
            + " equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand:"
            + " AttributeValue: {N:1}",
        "begins_with(a, 1)      | Incorrect operand type for operator or function; operator or"
            + " function: begins_with, operand type: N",
        "begins_with(a)         | Incorrect number of operands for operator or function; operator or"
            + " function: begins_with, number of operands: 1",
        "attribute_type(a, 'X') | Invalid attribute type name found; type: X, valid types:"
            + " {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
        "attribute_type(a, 1)   | Incorrect operand type for operator or function; operator or"
            + " function: attribute_type, operand type: N",
        "size(1) = 1            | Incorrect operand type for operator or function; operator or"
            + " function: size, operand type: N",
        "a = -b                 | Unsupported operator in Condition Expression. Operator: -",
        "a + 1 = 2              | Unsupported operator in Condition Expression. Operator: +",
        "a = 1e999              | Number overflow. Attempting to store a number with magnitude larger"
            + " than supported range under root",
        "a = 0e126              | Number overflow. Attempting to store a number with magnitude larger"
            + " than supported range under root",
        "a = [0, 1e999]         | Number overflow. Attempting to store a number with magnitude larger"
            + " than supported range under root[1]",
        "a = {'x': [1e999]}     | Number overflow. Attempting to store a number with magnitude larger"
            + " than supported range under root.x[0]",
        "a = 1e-131             | Number underflow. Attempting to store a number with magnitude"
            + " smaller than supported range under root",
        "a = 1e2147483648       | The parameter cannot be converted to a numeric value: 1e2147483648"
            + " under root",
        "a = 123456789012345678901234567890123456789 | Attempting to store more than 38 significant"
            + " digits in a Number under root",
        "a = <<1, -1e126>>      | Number overflow. Attempting to store a number with magnitude larger"
            + " than supported range under root",
      })
  void wrongOperandsAreRefused(String condition, String message) {
    AttributeValue[] parameters = condition.contains("?") ? new AttributeValue[] {n("1")} : NONE;
    assertThat(error("SELECT * FROM t WHERE " + condition, parameters)).isEqualTo(message);
  }

  // No source measured these texts.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a                 | Unsupported condition at 1:23:1",
        "a AND b = 1       | Unsupported condition at 1:23:1",
        "a LIKE 'x%'       | Unsupported operation: Like",
        "a = MISSING       | Unsupported operand at 1:27:7",
        "a IN []           | Unsupported empty list in IN at 1:28:1",
        "a IN b            | Unsupported operand of IN at 1:28:1",
        "a = (SELECT b FROM t) | Unsupported subquery at 1:28:6",
        "a IN (SELECT b FROM t WHERE c = 1 ORDER BY c) | Unsupported subquery at 1:29:6",
        "a = [SELECT b FROM t] | Unsupported data type: Select under key root[0] at 1:28:6",
        "a = [b]           | Unsupported data type: Id under key root[0] at 1:28:1",
        "a = [b.c]         | Unsupported data type: Path under key root[0] at 1:28:1",
        "a = [1 + 2]       | Unsupported data type: Plus under key root[0] at 1:30:1",
        "a[b] = 1          | Unexpected path component at 1:25:1",
      })
  void whatConditionsLackIsRefused(String condition, String message) {
    assertThat(error("SELECT * FROM t WHERE " + condition)).isEqualTo(message);
  }

  // Recorded answers of the service, 2026; LIKE and the others by analogy.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "exists(a)                | Unrecognized function: exists at 1:23:6",
        "a = 1 AND EXISTS(a)      | Unrecognized function: exists at 1:33:6",
        "a = 1 AND EXISTS(SELECT * FROM u WHERE b = 1) | Unrecognized function: exists at 1:33:6",
        "upper(a) = 'X'           | Unrecognized function: upper at 1:23:5",
        "Nope(a)                  | Unrecognized function: nope at 1:23:4",
        "a IS INT4                | Unsupported operation: IsType",
        "a IS NOT INT8            | Unsupported operation: IsType",
        "a IS DOUBLE PRECISION    | Unsupported operation: IsType",
        "a IS CHARACTER VARYING   | Unsupported operation: IsType",
        "a IS TIMESTAMP           | Unsupported operation: IsType",
        "a IS DOUBLE              | Statement wasn't well formed, can't be processed: Expected type"
            + " name",
        "1 IS STRING              | Operator or function requires a document path; operator or"
            + " function: IS",
      })
  void whatTheServiceDoesNotHaveIsTold(String condition, String message) {
    assertThat(error("SELECT * FROM t WHERE " + condition)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a IS STRING            | attribute_type(a, 'S')",
        "a IS NOT STRING        | NOT attribute_type(a, 'S')",
        "a IS BOOL              | attribute_type(a, 'BOOL')",
        "a.b[0] IS BOOLEAN      | attribute_type(a.b[0], 'BOOL')",
        "a IS NUMERIC           | attribute_type(a, 'N')",
        "a IS BLOB              | attribute_type(a, 'B')",
        "a IS LIST              | attribute_type(a, 'L')",
        "a IS STRUCT            | attribute_type(a, 'M')",
        "a IS BAG               | attribute_type(a, 'SS') OR attribute_type(a, 'NS') OR"
            + " attribute_type(a, 'BS')",
      },
      quoteCharacter = '`')
  void isTestsForATypeOfPartiql(String partiql, String same) {
    assertThat(where(partiql)).isEqualTo(where(same));
  }

  // floci, DynamoDbPartiQLParser, checked on the service in September 2026.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "attribute_exists(a) = TRUE        | a IS NOT MISSING",
        "TRUE = attribute_exists(a)        | a IS NOT MISSING",
        "attribute_exists(a) <> FALSE      | a IS NOT MISSING",
        "attribute_exists(a) = FALSE       | NOT a IS NOT MISSING",
        "(a = 1 AND b = 2) = TRUE          | a = 1 AND b = 2",
        "a IS MISSING = TRUE               | a IS MISSING",
        "(begins_with(a, 'x') = TRUE) = FALSE | NOT begins_with(a, 'x')",
      })
  void aConditionThatEqualsABooleanIsTheCondition(String partiql, String same) {
    assertThat(where(partiql)).isEqualTo(where(same));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "attribute_exists(a) = 1                    | false",
        "attribute_exists(a) <> 1                   | true",
        "attribute_exists(a) = flag                 | true",
        "flag = attribute_exists(absent)            | false",
        "attribute_exists(a) = absent               | false",
        "attribute_exists(a) = (n = 5)              | true",
        "(n = 5) = (n = 6)                          | false",
        "attribute_exists(a) IN [1, TRUE]           | true",
        "attribute_exists(a) IN [FALSE]             | false",
        "flag IN [n = 6, n = 5]                     | true",
      })
  void aConditionIsABooleanToOthers(String condition, boolean holds) {
    assertThat(where(condition).holds(item("a", s("x"), "n", n("5"), "flag", bool(true))))
        .isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "attribute_exists(a) < TRUE                 | <",
        "(a = 1) >= 1                               | >=",
        "attribute_exists(a) BETWEEN 1 AND 2        | BETWEEN",
      })
  void booleansHaveNoOrder(String condition, String operator) {
    assertThat(error("SELECT * FROM t WHERE " + condition))
        .isEqualTo(
            "Incorrect operand type for operator or function; operator or function: "
                + operator
                + ", operand type: BOOL");
  }

  @Test
  void comparisonsOfComparisonsHaveABound() {
    assertThat(error("SELECT * FROM t WHERE a" + " = a.b".repeat(40))).isEqualTo("no error");
    assertThat(error("SELECT * FROM t WHERE a" + " = b".repeat(2_000)))
        .isEqualTo("Statement wasn't well formed, can't be processed: Terms are nested too deeply");
  }

  // Recorded answers of the service, 2026.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a': set_add(b, <<1>>)}     | Unsupported data type: set_add under key root at 1:27:7",
        "{'a': b}                     | Unsupported data type: Id under key root at 1:27:1",
        "{'a': {'x': list_append(b, c)}} | Unsupported data type: list_append under key root.x at"
            + " 1:33:11",
        "{'a': 1e126}                 | Number overflow. Attempting to store a number with magnitude"
            + " larger than supported range under root",
        "{'a': [1, {'x': 1e126}]}     | Number overflow. Attempting to store a number with magnitude"
            + " larger than supported range under root[1].x",
      })
  void anItemHasNothingButValues(String item, String message) {
    assertThat(error("INSERT INTO t VALUE " + item)).isEqualTo(message);
  }

  @Test
  void anInTakesAHundredValues() {
    String hundred = "1, ".repeat(99) + "1";
    assertThat(error("SELECT * FROM t WHERE a IN [" + hundred + "]")).isEqualTo("no error");
    assertThat(error("SELECT * FROM t WHERE a IN [" + hundred + ", 1]"))
        .isEqualTo("The IN operator is provided with too many operands; number of operands: 101");
  }

  @Test
  void valuesNestThirtyTwoLevels() {
    String text = "INSERT INTO t VALUE {'a': ";
    assertThat(error(text + "[".repeat(32) + "]".repeat(32) + "}")).isEqualTo("no error");
    assertThat(error(text + "[".repeat(33) + "]".repeat(33) + "}"))
        .isEqualTo("Nesting Levels have exceeded supported limits under root" + "[0]".repeat(32));
    assertThat(error(text + "[".repeat(31) + "<<1>>" + "]".repeat(31) + "}")).isEqualTo("no error");
    assertThat(error(text + "[".repeat(32) + "1" + "]".repeat(32) + "}"))
        .startsWith("Nesting Levels have exceeded supported limits under root[0]");
  }

  // floci, DynamoDbPartiQLParser; overlapping paths: as in an UpdateExpression, without its name.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = set_add(b, <<1>>)       | The first argument to SET_ADD must equal the assignment value"
            + " at 1:18:7",
        "a = set_delete(a.b, <<1>>)  | The first argument to SET_DELETE must equal the assignment"
            + " value at 1:18:10",
        "a = set_add(a, 'x')         | The second argument to SET_ADD must be a value with type SET"
            + " at 1:26:1",
        "a = set_add(a)              | SET_ADD must have exactly two arguments at 1:18:7",
        "a = set_delete(a, <<1>>, b) | SET_DELETE must have exactly two arguments at 1:18:10",
        "a = b + 'x'                 | Incorrect operand type for operator or function; operator or"
            + " function: +, operand type: S",
        "a = list_append(a, 1)       | Incorrect operand type for operator or function; operator or"
            + " function: list_append, operand type: N",
        "a = list_append(a)          | Incorrect number of operands for operator or function; operator"
            + " or function: list_append, number of operands: 1",
        "a = 1 REMOVE a.b            | Two document paths overlap with each other; must remove or"
            + " rewrite one of these paths; path one: [a], path two: [a, b]",
        "a = if_not_exists(a, 1)     | Unrecognized function: if_not_exists at 1:18:13",
        "a = b * 2                   | Unexpected token after expression",
        "a = b / 2                   | Unsupported operand at 1:20:1",
      })
  void wrongUpdatesAreRefused(String changes, String message) {
    assertThat(error("UPDATE t SET " + changes + " WHERE pk = 1")).endsWith(message);
  }
}
