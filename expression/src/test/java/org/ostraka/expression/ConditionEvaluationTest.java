package org.ostraka.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.expression.Values.b;
import static org.ostraka.expression.Values.bool;
import static org.ostraka.expression.Values.bs;
import static org.ostraka.expression.Values.condition;
import static org.ostraka.expression.Values.item;
import static org.ostraka.expression.Values.l;
import static org.ostraka.expression.Values.m;
import static org.ostraka.expression.Values.n;
import static org.ostraka.expression.Values.ns;
import static org.ostraka.expression.Values.nul;
import static org.ostraka.expression.Values.s;
import static org.ostraka.expression.Values.ss;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/** "Condition and filter expressions, operators, and functions" in the Developer Guide. */
final class ConditionEvaluationTest {
  private static final Item ITEM =
      item(
          "num", n("10"),
          "txt", s("hello"),
          "bin", b(1, 2, 3),
          "yes", bool(true),
          "nothing", nul(),
          "ls", l(s("a"), n("1"), m("k", s("v"))),
          "mp", m("k", s("v"), "deep", m("x", l(n("7")))),
          "sset", ss("a", "b"),
          "nset", ns("1", "2.50"),
          "bset", bs(1, 2));

  private static final Object[] VALUES = {
    ":10",
    n("10.0"),
    ":9",
    n("9"),
    ":100",
    n("100"),
    ":hello",
    s("hello"),
    ":he",
    s("he"),
    ":z",
    s("z"),
    ":empty",
    s(""),
    ":bin",
    b(1, 2),
    ":mid",
    b(2, 3),
    ":true",
    bool(true),
    ":null",
    nul(),
    ":a",
    s("a"),
    ":1",
    n("1"),
    ":2",
    n("2"),
    ":3",
    n("3"),
    ":5",
    n("5"),
    ":two",
    n("2.5"),
    ":b1",
    b(1),
    ":kv",
    m("k", s("v")),
    ":ba",
    ss("b", "a"),
    ":S",
    s("S"),
    ":NULL",
    s("NULL"),
    ":7",
    n("7"),
    ":v",
    s("v")
  };

  private static boolean holds(String text) {
    return condition(text, VALUES).holds(ITEM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "num = :10",
        "num > :9 AND num < :100 AND num >= :10 AND num <= :10",
        ":9 < num",
        "txt > :he AND txt < :z",
        "bin > :bin",
        "yes = :true",
        "nothing = :null",
        "sset = :ba",
        "num <> :hello",
        "num BETWEEN :9 AND :10",
        "txt IN (:z, :hello)",
        "num IN (absent, num2, :10)",
        "attribute_exists(mp.deep.x[0]) AND attribute_not_exists(mp.deep.x[1])",
        "attribute_not_exists(num.x) AND attribute_not_exists(ls.x)",
        "attribute_type(txt, :S) AND attribute_type(nothing, :NULL)",
        "begins_with(txt, :he) AND begins_with(txt, :empty) AND begins_with(bin, :bin)",
        "contains(txt, :empty) AND contains(bin, :mid)",
        "contains(sset, :a) AND contains(nset, :two) AND contains(bset, :b1)",
        "contains(ls, :kv) AND contains(ls, :1)",
        "size(txt) = :5 AND size(bin) = :3 AND size(sset) = :2 AND size(ls) = :3",
        "size(mp) = :2 AND size(nset) = :2 AND size(bset) = :2 AND size(:he) = :2",
        "mp.deep.x[0] = :7 AND ls[2].k = :v",
        "NOT num = :9 OR num = :9 AND num = :9",
        "(num = :9 OR num = :10) AND txt = :hello",
      })
  void theseHold(String text) {
    assertThat(holds(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "txt < :9",
        "num BETWEEN :he AND :z",
        "yes > num",
        "ls < sset",
        "begins_with(num, :he)",
        "contains(mp, :v)",
        "contains(num, :1)",
        "contains(nset, :a)",
        "attribute_type(absent, :S)",
        "size(num) = :2",
        "size(yes) >= :1",
        "NOT (num = :10 OR absent = :1)",
        "ls[3] = :1",
      })
  void typesThatDoNotFitAreFalseAndNoError(String text) {
    assertThat(holds(text)).isFalse();
  }

  // ExtendDB pull request 216; dynoxide, expressions/condition.rs.
  @Test
  void missingAttributesAreUnequalToEverythingAndNothingElse() {
    for (String comparator : List.of("=", "<", "<=", ">", ">=")) {
      assertThat(holds("absent " + comparator + " :1")).isFalse();
      assertThat(holds("absent " + comparator + " absent2")).isFalse();
    }
    assertThat(holds("absent <> :1")).isTrue();
    assertThat(holds("size(absent) <> :1")).isTrue();
    assertThat(holds("absent IN (:1)")).isFalse();
    assertThat(holds("absent BETWEEN :1 AND :2")).isFalse();
    assertThat(condition("attribute_not_exists(pk)").holds(new Item(Map.of()))).isTrue();
  }

  // ExtendDB issue 60: UTF-16 chars, measured on the service.
  @Test
  void textIsMeasuredInUtf16() {
    assertThat(condition("size(a) = :n", ":n", n("3")).holds(item("a", s("é𝄞")))).isTrue();
  }

  @Test
  void textIsOrderedByItsUtf8Bytes() {
    AttributeValue beyond = s("𐀀");
    AttributeValue privateUse = s("\uE000");
    assertThat(condition("a > :v", ":v", privateUse).holds(item("a", beyond))).isTrue();
    assertThat(condition("a < :v", ":v", s("éa")).holds(item("a", s("é")))).isTrue();
  }

  @Test
  void pathsAreListedAsWritten() {
    Condition condition = condition("a.b = :1 AND size(c) < d OR NOT attribute_exists(e)", VALUES);
    assertThat(condition.paths().map(Path::text)).containsExactly("[a, b]", "[c]", "[d]", "[e]");
  }
}
