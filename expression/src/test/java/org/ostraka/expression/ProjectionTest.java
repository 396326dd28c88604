package org.ostraka.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.expression.Values.error;
import static org.ostraka.expression.Values.item;
import static org.ostraka.expression.Values.l;
import static org.ostraka.expression.Values.m;
import static org.ostraka.expression.Values.n;
import static org.ostraka.expression.Values.s;
import static org.ostraka.expression.Values.with;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.model.Item;

final class ProjectionTest {
  private static final Item ITEM =
      item(
          "pk", s("x"),
          "mylist", l(s("zero"), s("one"), s("two"), s("three")),
          "maps", l(m("val", s("a0"), "x", s("x0")), m("x", s("x1"))),
          "doc", m("b", m("c", n("1"), "d", n("2")), "e", n("3")));

  private static Item project(String text, Object... placeholders) {
    return ParsedProjection.parse(text).bind(with(placeholders)).of(ITEM);
  }

  private static String projectionError(String text, Object... placeholders) {
    return error(() -> project(text, placeholders)).replace("Invalid ProjectionExpression: ", "");
  }

  @Test
  void attributesAreKeptByName() {
    assertThat(project("pk, absent, #e", "#e", "pk2")).isEqualTo(item("pk", s("x")));
  }

  // ExtendDB pull request 171, dynoxide issue 126: in the order of the indexes, compacted.
  @Test
  void listsAreCompacted() {
    assertThat(project("mylist[2], mylist[0]")).isEqualTo(item("mylist", l(s("zero"), s("two"))));
    assertThat(project("mylist[3], mylist[9]")).isEqualTo(item("mylist", l(s("three"))));
    assertThat(project("maps[0].val, maps[0].x, maps[1].x"))
        .isEqualTo(item("maps", l(m("val", s("a0"), "x", s("x0")), m("x", s("x1")))));
  }

  // ExtendDB issue 62.
  @Test
  void whatSurroundsAPartIsKept() {
    assertThat(project("maps[0].val")).isEqualTo(item("maps", l(m("val", s("a0")))));
    assertThat(project("doc.b.c, doc.e"))
        .isEqualTo(item("doc", m("b", m("c", n("1")), "e", n("3"))));
  }

  @Test
  void whatLeadsNowhereIsLeftOut() {
    assertThat(project("doc.b.x, maps[1].val, mylist[7], pk.a")).isEqualTo(item());
    assertThat(project("pk[0], doc[0], mylist.a")).isEqualTo(item());
  }

  // ExtendDB pull request 173: as written, first and second; moto issue 8297.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a, a.b       | overlap  | [a]         | [a, b]",
        "a.b, a       | overlap  | [a, b]      | [a]",
        "a, a         | overlap  | [a]         | [a]",
        "a[0], a[0].b | overlap  | [a, [0]]    | [a, [0], b]",
        "a.b, a[0]    | conflict | [a, b]      | [a, [0]]",
        "b, a, #p     | overlap  | [a]         | [a]",
      })
  void pathsMayNotMeet(String text, String verb, String first, String second) {
    assertThat(projectionError(text, "#p", "a"))
        .isEqualTo(
            "Two document paths "
                + verb
                + " with each other; must remove or rewrite one of these paths; path one: "
                + first
                + ", path two: "
                + second);
  }

  @Test
  void textsAreRefusedLikeThoseOfOtherExpressions() {
    assertThat(projectionError("")).isEqualTo("The expression can not be empty;");
    assertThat(projectionError("a,")).isEqualTo("Syntax error; token: \"<EOF>\", near: \",\"");
    assertThat(projectionError("a b")).isEqualTo("Syntax error; token: \"b\", near: \"a b\"");
    assertThat(projectionError("a, status")).contains("reserved keyword: status");
    assertThat(projectionError("#x")).contains("attribute name: #x");
    assertThat(projectionError("size(a)"))
        .isEqualTo("Syntax error; token: \"(\", near: \"size(a\"");
    assertThat(projectionError(":v")).isEqualTo("Syntax error; token: \":v\", near: \":v\"");
  }
}
