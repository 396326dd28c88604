package org.ostraka.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.expression.Values.b;
import static org.ostraka.expression.Values.bool;
import static org.ostraka.expression.Values.conditionError;
import static org.ostraka.expression.Values.l;
import static org.ostraka.expression.Values.n;
import static org.ostraka.expression.Values.s;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service says of conditions once it knows their placeholders. */
final class ConditionBindingTest {
  private static final Object[] VALUES = {
    ":n", n("1"), ":s", s("x"), ":bool", bool(true), ":l", l(), "#a", "a", "#other", "a"
  };

  // type-dynamo issue 7, dynoxide issue 13.
  @Test
  void placeholdersMustBeDefined() {
    assertThat(conditionError("#x = :s", VALUES))
        .isEqualTo(
            "An expression attribute name used in the document path is not defined; attribute name:"
                + " #x");
    assertThat(conditionError("a = :x", VALUES))
        .isEqualTo(
            "An expression attribute value used in expression is not defined; attribute value: :x");
  }

  // ExtendDB pull request 216 (ordering), issue 65 (begins_with); dynalite (size, attribute_type).
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a < :bool                  | <              | BOOL",
        "a >= :l                    | >=             | L",
        ":bool <= a                 | <=             | BOOL",
        "a BETWEEN :l AND :s        | BETWEEN        | L",
        "begins_with(a, :n)         | begins_with    | N",
        "begins_with(:l, a)         | begins_with    | L",
        "begins_with(size(a), :s)   | begins_with    | N",
        "size(:n) = :n              | size           | N",
        "size(size(a)) = :n         | size           | N",
        "attribute_type(a, :n)      | attribute_type | N",
        "attribute_type(a, b)       | attribute_type | {NS,SS,L,BS,N,M,B,BOOL,NULL,S}",
      })
  void valuesOfOtherTypesAreRefused(String text, String operator, String type) {
    assertThat(conditionError(text, VALUES))
        .isEqualTo(
            "Incorrect operand type for operator or function; operator or function: "
                + operator
                + ", operand type: "
                + type);
  }

  @Test
  void typeNamesMustBeKnown() {
    assertThat(conditionError("attribute_type(a, :s)", VALUES))
        .isEqualTo(
            "Invalid attribute type name found; type: x, valid types:"
                + " {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attribute_exists(:s)",
        "attribute_not_exists(size(a))",
        "attribute_type(:s, :s)",
      })
  void someFunctionsNeedPaths(String text) {
    assertThat(conditionError(text, VALUES))
        .isEqualTo(
            "Operator or function requires a document path; operator or function: "
                + text.substring(0, text.indexOf('(')));
  }

  // ExtendDB issue 61 (contains), dynalite (comparators).
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a = a                   | =           | [a]",
        "#a <> #other            | <>          | [a]",
        "a.b[0] < (a.b[0])       | <           | [a, b, [0]]",
        "contains(a, a)          | contains    | [a]",
        "begins_with(a, a)       | begins_with | [a]",
        "a BETWEEN :n AND a      | BETWEEN     | [a]",
        "a IN (:n, a)            | IN          | [a]",
      })
  void onePathMayNotBeBothOperands(String text, String operator, String path) {
    assertThat(conditionError(text, VALUES))
        .isEqualTo(
            "The first operand must be distinct from the remaining operands for this operator or"
                + " function; operator: "
                + operator
                + ", first operand: "
                + path);
  }

  // ExtendDB issue 99 and pull request 102.
  @Test
  void boundsMustBeOfOneTypeAndInOrder() {
    assertThat(conditionError("a BETWEEN :l AND :u", ":l", n("5"), ":u", n("4")))
        .isEqualTo(
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound;"
                + " lower bound operand: AttributeValue: {N:5}, upper bound operand:"
                + " AttributeValue: {N:4}");
    assertThat(conditionError("a BETWEEN :l AND :u", ":l", n("5"), ":u", s("x")))
        .isEqualTo(
            "The BETWEEN operator requires same data type for lower and upper bounds; lower bound"
                + " operand: AttributeValue: {N:5}, upper bound operand: AttributeValue: {S:x}");
    assertThat(conditionError("a BETWEEN :l AND :u", ":l", b(2), ":u", b(1)))
        .contains("{B:java.nio.HeapByteBuffer[pos=0 lim=1 cap=1]}");
    assertThat(conditionError("a BETWEEN :l AND :u", ":l", n("5"), ":u", n("5")))
        .isEqualTo("no error");
  }

  @Test
  void inTakesAHundredOperands() {
    assertThat(conditionError("a IN (" + values(100) + ")", ":v", n("1"))).isEqualTo("no error");
    assertThat(conditionError("a IN (" + values(101) + ")", ":v", n("1")))
        .isEqualTo("The IN operator is provided with too many operands; number of operands: 101");
  }

  private static String values(int count) {
    return IntStream.range(0, count).mapToObj(_ -> ":v").collect(Collectors.joining(","));
  }

  @Test
  void pathsOfMoreThan32ElementsAreRefused() {
    assertThat(conditionError("attribute_exists(a" + ".b".repeat(31) + ")")).isEqualTo("no error");
    assertThat(conditionError("attribute_exists(a" + ".b".repeat(31) + "[0])"))
        .isEqualTo("The document path has too many nesting levels; nesting levels: 33");
  }

  @Test
  void theFirstErrorInWrittenOrderWins() {
    assertThat(conditionError("a < :bool AND b = :x", VALUES)).startsWith("Incorrect operand type");
    assertThat(conditionError("b = :x AND a < :bool", VALUES)).contains("is not defined");
    assertThat(conditionError("b = :x AND name = :s", VALUES)).contains("reserved keyword: name");
  }
}
