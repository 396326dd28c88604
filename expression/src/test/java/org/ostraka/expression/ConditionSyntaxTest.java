package org.ostraka.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.ostraka.expression.Values.condition;
import static org.ostraka.expression.Values.conditionError;
import static org.ostraka.expression.Values.error;
import static org.ostraka.expression.Values.n;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service says of condition texts before it looks at any placeholder. */
final class ConditionSyntaxTest {

  // Tokens and near-texts: aws-cdk issue 7591 ("hits : incr"), dynoxide issue 12 (first token),
  // 4ossiblellc/dynamodb-update-expression issue 6 (white space is kept), applied to conditions.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a =                | <EOF> | =",
        "= :v               | =     | = :v",
        "a = :v b           | b     | :v b",
        "a = :v AND         | <EOF> | AND",
        "a ! :v             | !     | a ! :v",
        "a = : v            | :     | = : v",
        "a == :v            | =     | == :v",
        "a OR b = :v        | OR    | a OR b",
        "(a) AND b = :v     | AND   | ) AND b",
        "(a = :v AND b)     | )     | b)",
        "a[01] = :v         | 1     | 01]",
        "a[x] = :v          | x     | [x]",
        "a.:v = :v          | :v    | .:v =",
        "_a = :v            | _     | _a",
        "f() = :v           | )     | () =",
        "a IN :v            | :v    | IN :v",
        "a BETWEEN :v OR :w | OR    | :v OR :w",
        "set = :v           | set   | set =",
        "a = :v + :w        | +     | :v + :w",
        "a.b.and = :v       | and   | .and =",
      })
  void syntaxErrorsNameTheTokenAndWhatIsNearIt(String text, String token, String near) {
    assertThat(conditionError(text))
        .isEqualTo("Syntax error; token: \"" + token + "\", near: \"" + near + "\"");
  }

  @Test
  void nearTextKeepsTheSpacesOfTheExpression() {
    assertThat(conditionError("a  =  =  :v"))
        .isEqualTo("Syntax error; token: \"=\", near: \"=  =  :v\"");
    assertThat(conditionError("a =  ")).isEqualTo("Syntax error; token: \"<EOF>\", near: \"=  \"");
  }

  @Test
  void quotedTextIsOneToken() {
    assertThat(conditionError("a = 'b c'"))
        .isEqualTo("Syntax error; token: \"'b c'\", near: \"= 'b c'\"");
  }

  // ExtendDB pull request 190.
  @Test
  void emptyTextIsRefused() {
    assertThat(error(() -> ParsedCondition.parse(ExpressionParameter.KEY_CONDITION, "")))
        .isEqualTo("Invalid KeyConditionExpression: The expression can not be empty;");
  }

  // dynoxide issue 146, pynamodb issue 979: 4096 bytes as sent. floci-io/floci pull
  // request 3447: only of a scan's filter the size is told.
  @Test
  void textOfMoreThan4096BytesIsRefused() {
    String atLimit = "a = :v" + " ".repeat(4090);
    assertThatCode(() -> condition(atLimit, ":v", n("1"))).doesNotThrowAnyException();
    assertThat(error(() -> ParsedCondition.parse(ExpressionParameter.FILTER, atLimit + " ")))
        .isEqualTo(
            "Invalid FilterExpression: Expression size has exceeded the maximum allowed size;");
    assertThat(error(() -> ParsedCondition.parse(ExpressionParameter.SCAN_FILTER, atLimit + " ")))
        .isEqualTo(
            "Invalid FilterExpression: Expression size has exceeded the maximum allowed size;"
                + " expression size: 4097");
  }

  // aws-sdk-js issue 3721, scylladb issue 14473: all operators count, and counting stops at 301.
  @Test
  void moreThan300OperatorsAreRefused() {
    assertThatCode(() -> condition("NOT " + chain(150), ":v", n("1"))).doesNotThrowAnyException();
    assertThat(conditionError(chain(151)))
        .isEqualTo("The expression contains too many operators; operator count: 301");
    assertThat(conditionError(chain(300)))
        .isEqualTo("The expression contains too many operators; operator count: 301");
  }

  private static String chain(int comparisons) {
    return IntStream.range(0, comparisons)
        .mapToObj(_ -> "a=:v")
        .collect(Collectors.joining(" or "));
  }

  // dynalite issue 99, ExtendDB issues 64 and 130, dynongo issue 35.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a = :v))",
        "((a = :v AND b = :v))",
        "((a)) = :v",
        "a = ((:v))",
        "b = :v AND ((a = :v))",
        "attribute_exists(((a)))",
        "a IN (((:v)))",
        "((attribute_exists(a)))",
      })
  void redundantParenthesesAreRefused(String text) {
    assertThat(conditionError(text)).isEqualTo("The expression has redundant parentheses;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a = :v)",
        "(a) = (:v)",
        "((a) = :v)",
        "((a = :v AND b = :v) AND c = :v)",
        "((size(a)) < :v) AND (b > :v)",
        "(attribute_exists(a)) AND ((b = :v) OR c = :v)",
        "a = :v OR (b = :v AND c = :v)",
        "NOT (NOT (a = :v))",
        "NOT NOT a = :v",
        "(a) IN ((:v))",
        "(a) between (:v) and (:v)",
      })
  void otherParenthesesAreNot(String text) {
    assertThatCode(() -> ParsedCondition.parse(ExpressionParameter.CONDITION, text))
        .doesNotThrowAnyException();
  }

  @Test
  void deepNestingEndsInAnErrorAndNotInTheStack() {
    assertThat(conditionError("(".repeat(4000)))
        .isEqualTo("The expression has redundant parentheses;");
    assertThat(conditionError("a = " + "(".repeat(4000)))
        .isEqualTo("The expression has redundant parentheses;");
    assertThat(conditionError("NOT ".repeat(1000)))
        .isEqualTo("The expression contains too many operators; operator count: 301");
    assertThat(conditionError("size(".repeat(800)))
        .isEqualTo("The expression contains too many operators; operator count: 301");
  }

  @Test
  void theDeepestNestingThatIsAllowedIsRead() {
    int depth = ExpressionLimits.OPERATORS - 1;
    Condition condition =
        condition("NOT (".repeat(depth) + "a = :v" + ")".repeat(depth), ":v", n("1"));
    assertThat(condition.holds(Values.item())).isTrue();
    assertThat(ExpressionText.of(condition).text()).startsWith("NOT NOT NOT");
  }

  // aws-sdk-php issue 1233: the word as it was written.
  @Test
  void reservedWordsAreRefusedInAnyCase() {
    assertThat(conditionError("hash = :v"))
        .isEqualTo("Attribute name is a reserved keyword; reserved keyword: hash");
    assertThat(conditionError("a.Name = :v"))
        .isEqualTo("Attribute name is a reserved keyword; reserved keyword: Name");
    assertThat(ReservedWords.count()).isEqualTo(573);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4294967295", "99999999999"})
  void listIndexesBeyondTheLimitAreRefused(String index) {
    assertThat(conditionError("a[" + index + "] = :v"))
        .isEqualTo("List index is not within the allowable range; index: [" + index + "]");
  }

  // dynalite, db/conditionParser.pegjs; the update functions: npm amazon-dax-client.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "foo(a)               | Invalid function name; function: foo",
        "Size(a) = :v         | Invalid function name; function: Size",
        "size(a)              | The function is not allowed to be used this way in an expression;"
            + " function: size",
        "NOT size(a)          | The function is not allowed to be used this way in an expression;"
            + " function: size",
        "contains(a, :v) = :v | The function is not allowed to be used this way in an expression;"
            + " function: contains",
        "size(contains(a, :v)) = :v | The function is not allowed to be used this way in an"
            + " expression; function: contains",
        "if_not_exists(a, :v) | The function is not allowed in a condition expression; function:"
            + " if_not_exists",
        "contains(a)          | Incorrect number of operands for operator or function; operator or"
            + " function: contains, number of operands: 1",
        "size(a, b) > :v      | Incorrect number of operands for operator or function; operator or"
            + " function: size, number of operands: 2",
        "attribute_exists(a, b) | Incorrect number of operands for operator or function; operator"
            + " or function: attribute_exists, number of operands: 2",
      })
  void functionsAreRefusedByNamePlaceAndNumberOfOperands(String text, String message) {
    assertThat(conditionError(text)).isEqualTo(message);
  }

  @Test
  void bindingLooserOperatorsStandOutside() {
    assertThat(ExpressionText.of(condition("a=:v or b=:v and not c=:v", ":v", n("1"))).text())
        .isEqualTo("#n0 = :v0 OR (#n1 = :v0 AND NOT #n2 = :v0)");
  }
}
