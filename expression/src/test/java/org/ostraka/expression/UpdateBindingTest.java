package org.ostraka.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.expression.Values.bool;
import static org.ostraka.expression.Values.error;
import static org.ostraka.expression.Values.l;
import static org.ostraka.expression.Values.m;
import static org.ostraka.expression.Values.n;
import static org.ostraka.expression.Values.nul;
import static org.ostraka.expression.Values.s;
import static org.ostraka.expression.Values.ss;
import static org.ostraka.expression.Values.with;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the service says of updates before it looks at an item. */
final class UpdateBindingTest {
  private static final Object[] VALUES = {
    ":n",
    n("1"),
    ":s",
    s("x"),
    ":bool",
    bool(true),
    ":null",
    nul(),
    ":l",
    l(),
    ":m",
    m(),
    ":ss",
    ss("a"),
    "#a",
    "a"
  };

  private static String updateError(String text) {
    return error(() -> ParsedUpdate.parse(text).bind(with(VALUES)))
        .replace("Invalid UpdateExpression: ", "");
  }

  // dynoxide issue 12, aws-cdk issue 7591, dynamodb-update-expression issue 6, aws-sdk-go-v2 issue
  // 1623.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INVALID SYNTAX HERE     | INVALID | INVALID SYNTAX",
        "ADD hits : incr         | :       | hits : incr",
        "SET  REMOVE #Options    | REMOVE  | SET  REMOVE #Options",
        "REMOVE #ri :vals        | :vals   | #ri :vals",
        "SET a = :n,             | <EOF>   | ,",
        "SET a = :n + :n + :n    | +       | :n + :n",
        "SET a = :n + (:n - :n)  | -       | :n - :n",
        "SET (a) = :n            | (       | SET (a",
        "SET a <> :n             | <>      | a <> :n",
        "ADD a b                 | b       | a b",
        "ADD a size(b)           | size    | a size(",
        "SET                     | <EOF>   | SET",
        "SET a = :n AND b = :n   | AND     | :n AND b",
      })
  void syntaxErrorsNameTheTokenAndWhatIsNearIt(String text, String token, String near) {
    assertThat(updateError(text))
        .isEqualTo("Syntax error; token: \"" + token + "\", near: \"" + near + "\"");
  }

  @Test
  void emptyTextIsRefused() {
    assertThat(updateError("")).isEqualTo("The expression can not be empty;");
  }

  // moto pull request 4398 and issue 8107.
  @Test
  void aKeywordIsUsedOnce() {
    assertThat(updateError("SET a = :n REMOVE b SET c = :n"))
        .isEqualTo("The \"SET\" section can only be used once in an update expression;");
    assertThat(updateError("add a :n add b :n"))
        .isEqualTo("The \"ADD\" section can only be used once in an update expression;");
    assertThat(updateError("SET a = :n SET name = :n")).contains("reserved keyword: name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET a = nope(b)             | Invalid function name; function: nope",
        "SET a = size(b)             | The function is not allowed in an update expression;"
            + " function: size",
        "SET a = if_not_exists(b)    | Incorrect number of operands for operator or function;"
            + " operator or function: if_not_exists, number of operands: 1",
        "SET a = if_not_exists(:n, b) | Operator or function requires a document path; operator or"
            + " function: if_not_exists",
        "SET a = list_append(b, :m)  | Incorrect operand type for operator or function; operator or"
            + " function: list_append, operand type: M",
        "SET a = b + :s              | Incorrect operand type for operator or function; operator or"
            + " function: +, operand type: S",
        "SET a = (:bool - b)         | Incorrect operand type for operator or function; operator or"
            + " function: -, operand type: BOOL",
        "SET a = :x                  | An expression attribute value used in expression is not"
            + " defined; attribute value: :x",
        "SET a = #x                  | An expression attribute name used in the document path is"
            + " not defined; attribute name: #x",
        "SET a = ((:n))              | The expression has redundant parentheses;",
        "SET a = ((:n + :n))         | The expression has redundant parentheses;",
        "SET a = (:n + :n)           | no error",
        "SET a = ((b) + :n)          | no error",
        "SET a = list_append(if_not_exists(b, :l), :l) | no error",
        "set a = if_not_exists(a, :n) + :n remove b delete c :ss add d :n | no error",
      })
  void functionsAndOperatorsAreCheckedWithoutAnItem(String text, String message) {
    assertThat(updateError(text)).isEqualTo(message);
  }

  // typedorm issue 264; the older text without the type set: dynogels issue 159.
  @ParameterizedTest
  @CsvSource({
    "ADD,:s,STRING",
    "ADD,:bool,BOOLEAN",
    "ADD,:null,NULL",
    "ADD,:l,LIST",
    "ADD,:m,MAP",
    "DELETE,:n,NUMBER",
    "DELETE,:s,STRING",
  })
  void addTakesNumbersAndSetsAndDeleteTakesSets(String keyword, String value, String type) {
    assertThat(updateError(keyword + " a " + value))
        .isEqualTo(
            "Incorrect operand type for operator or function; operator: "
                + keyword
                + ", operand type: "
                + type
                + ", typeSet: ALLOWED_FOR_"
                + keyword
                + "_OPERAND");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET a = :n, #a = :n       | overlap  | [a]      | [a]",
        "SET a.b = :n REMOVE a     | overlap  | [a, b]   | [a]",
        "REMOVE a[1], a[1].b       | overlap  | [a, [1]] | [a, [1], b]",
        "SET a.b = :n, a[0] = :n   | conflict | [a, b]   | [a, [0]]",
      })
  void pathsMayNotMeet(String text, String verb, String first, String second) {
    assertThat(updateError(text))
        .isEqualTo(
            "Two document paths "
                + verb
                + " with each other; must remove or rewrite one of these paths; path one: "
                + first
                + ", path two: "
                + second);
  }

  @Test
  void pathsAreComparedBeforeValuesAreLookedAt() {
    assertThat(updateError("SET a = :x, a = :n")).startsWith("Two document paths overlap");
    assertThat(updateError("SET a = :x, b = nope(c)")).startsWith("Invalid function name");
  }

  // "SET a = :val1 + :val2 + :val3 contains two operators" in "Quotas": the = is none.
  @Test
  void moreThan300OperatorsAreRefused() {
    String sums =
        IntStream.range(0, 301).mapToObj(i -> "b" + i + "=a+:n").collect(Collectors.joining(","));
    assertThat(updateError("SET " + sums))
        .isEqualTo("The expression contains too many operators; operator count: 301");
    String plain =
        IntStream.range(0, 310).mapToObj(i -> "b" + i + "=:n").collect(Collectors.joining(","));
    assertThat(updateError("SET " + plain)).isEqualTo("no error");
  }
}
