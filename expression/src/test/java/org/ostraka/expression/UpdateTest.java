package org.ostraka.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.expression.Values.bs;
import static org.ostraka.expression.Values.error;
import static org.ostraka.expression.Values.item;
import static org.ostraka.expression.Values.l;
import static org.ostraka.expression.Values.m;
import static org.ostraka.expression.Values.n;
import static org.ostraka.expression.Values.ns;
import static org.ostraka.expression.Values.s;
import static org.ostraka.expression.Values.ss;
import static org.ostraka.expression.Values.with;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.Item;

/** "Update expressions" in the Developer Guide. */
final class UpdateTest {
  private static final String MISSING =
      "The provided expression refers to an attribute that does not exist in the item";
  private static final String PATH =
      "The document path provided in the update expression is invalid for update";
  private static final String TYPE =
      "An operand in the update expression has an incorrect data type";

  private static Update update(String text, Object... placeholders) {
    return ParsedUpdate.parse(text).bind(with(placeholders));
  }

  private static Item apply(String text, Item item, Object... placeholders) {
    return update(text, placeholders).apply(item);
  }

  @Test
  void setReadsTheItemAsItWas() {
    assertThat(apply("SET a = b, b = a, c = a + b", item("a", n("1"), "b", n("2"))))
        .isEqualTo(item("a", n("2"), "b", n("1"), "c", n("3")));
    assertThat(apply("REMOVE a SET b = a", item("a", n("1")))).isEqualTo(item("b", n("1")));
    assertThat(apply("ADD a :v SET b = a", item("a", n("1")), ":v", n("5")))
        .isEqualTo(item("a", n("6"), "b", n("1")));
  }

  @Test
  void setReachesIntoDocuments() {
    Item item = item("doc", m("l", l(m("a", n("1")))));
    assertThat(apply("SET doc.l[0].b = :v, doc.x = doc.l[0].a", item, ":v", s("y")))
        .isEqualTo(item("doc", m("l", l(m("a", n("1"), "b", s("y"))), "x", n("1"))));
  }

  // ExtendDB pull request 6, measured on the service: appended, whatever the index.
  @Test
  void elementsPastTheEndAreAppendedInOrder() {
    Item item = item("a", l(s("x")));
    assertThat(
            apply(
                "SET a[9] = :c, a[5] = :b, a[0] = :a",
                item,
                ":a",
                s("0"),
                ":b",
                s("5"),
                ":c",
                s("9")))
        .isEqualTo(item("a", l(s("0"), s("5"), s("9"))));
    assertThat(apply("SET a[0] = :a", item("a", l()), ":a", s("0")))
        .isEqualTo(item("a", l(s("0"))));
  }

  @Test
  void removedPositionsAreThoseOfBefore() {
    Item item = item("a", l(n("0"), n("1"), n("2"), n("3")));
    assertThat(apply("REMOVE a[1], a[2], a[7]", item)).isEqualTo(item("a", l(n("0"), n("3"))));
    assertThat(apply("REMOVE a[0] SET a[3] = :v, a[8] = :w", item, ":v", s("v"), ":w", s("w")))
        .isEqualTo(item("a", l(n("1"), n("2"), s("v"), s("w"))));
    assertThat(apply("REMOVE b, c", item("b", n("1")))).isEqualTo(item());
  }

  @Test
  void functionsChooseAndJoin() {
    Item item = item("a", n("1"), "l", l(n("1")));
    assertThat(
            apply(
                "SET a = if_not_exists(a, :v), b = if_not_exists(x, :v),"
                    + " l = list_append(:l, l), k = list_append(if_not_exists(k, :e), :l),"
                    + " c = if_not_exists(x, a) - :v",
                item,
                ":v",
                n("7"),
                ":l",
                l(s("n")),
                ":e",
                l()))
        .isEqualTo(
            item(
                "a", n("1"),
                "l", l(s("n"), n("1")),
                "b", n("7"),
                "k", l(s("n")),
                "c", n("-6")));
  }

  @Test
  void addAndDeleteWorkOnNumbersAndSets() {
    Item item = item("n", n("1.5"), "ss", ss("a", "b"), "ns", ns("1"), "bs", bs(1, 2));
    assertThat(
            apply(
                "ADD n :n, ss :ss, fresh :n, freshSet :ns DELETE ns :ns, bs :bs, absent :ss",
                item,
                ":n",
                n("-1.5"),
                ":ss",
                ss("b", "c"),
                ":ns",
                ns("1"),
                ":bs",
                bs(2, 3)))
        .isEqualTo(
            item(
                "n", n("0"),
                "ss", ss("a", "b", "c"),
                "bs", bs(1),
                "fresh", n("-1.5"),
                "freshSet", ns("1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET a = absent",
        "SET a = absent + :n",
        "SET a = list_append(absent, :l)",
        "SET a = if_not_exists(absent, absent2)",
        "SET a = l[4]"
      })
  void whatIsReadMustBeThere(String text) {
    assertThat(error(() -> ParsedUpdate.parse(text).bind(all(text)).apply(item("l", l()))))
        .isEqualTo(MISSING);
  }

  private static Placeholders all(String text) {
    return text.contains(":n")
        ? with(":n", n("1"))
        : text.contains(":l") ? with(":l", l()) : with();
  }

  // ExtendDB issue 78, scylladb issue 10043: also REMOVE; but a missing last element is no error.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET absent.a = :n",
        "REMOVE absent.a",
        "ADD absent.a :n",
        "SET m.absent.a = :n",
        "SET n.a = :n",
        "SET l.a = :n",
        "SET m[0] = :n",
        "REMOVE l[3].a",
      })
  void pathsMustLeadSomewhere(String text) {
    Item item = item("m", m(), "n", n("1"), "l", l(n("1")));
    assertThat(error(() -> apply(text, item, ":n", n("1")))).isEqualTo(PATH);
    assertThat(apply("REMOVE m.absent, l[4]", item)).isEqualTo(item);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET a = s + :n",
        "SET a = :n - l",
        "SET a = list_append(s, :l)",
        "ADD s :n",
        "ADD n :ss",
        "ADD ns :ss",
        "DELETE ns :ss",
        "DELETE s :ss",
        "SET a = absent, b = s + :n",
      })
  void typesInTheItemMustFit(String text) {
    Item item = item("s", s("x"), "n", n("1"), "l", l(), "ns", ns("1"));
    assertThat(error(() -> apply(text, item, ":n", n("1"), ":l", l(), ":ss", ss("a"))))
        .isEqualTo(TYPE);
  }

  // dynalite, actions/updateItem.js.
  @Test
  void theOlderFormHasWordsOfItsOwnForTypesThatDoNotFit() {
    Update update =
        new Update(
            List.of(new UpdateAction.Add(Path.of("s"), n("1"))), Update.Form.ATTRIBUTE_UPDATES);
    assertThat(error(() -> update.apply(item("s", s("x")))))
        .isEqualTo("Type mismatch for attribute to update");
  }

  // ExtendDB issue 94.
  @Test
  void resultsMustBeNumbersThatCanBeStored() {
    Item most = item("n", n("9.9999999999999999999999999999999999999E+125"));
    String overflow =
        "Number overflow. Attempting to store a number with magnitude larger than supported range";
    assertThat(error(() -> apply("SET n = n + :v", most, ":v", n("1E+125")))).isEqualTo(overflow);
    assertThat(error(() -> apply("ADD n :v", most, ":v", n("1E+125")))).isEqualTo(overflow);
    assertThat(error(() -> apply("SET n = :m - n", most, ":m", n("-1E+125")))).isEqualTo(overflow);
    assertThat(error(() -> apply("ADD n :v", item("n", n("1E+100")), ":v", n("1"))))
        .isEqualTo("Attempting to store more than 38 significant digits in a Number");
    assertThat(apply("ADD n :v", item("n", n("1.5E-130")), ":v", n("-1.5E-130")))
        .isEqualTo(item("n", n("0")));
    assertThat(error(() -> apply("ADD n :v", item("n", n("1.5E-130")), ":v", n("-1.4E-130"))))
        .startsWith("Number underflow.");
  }

  // ExtendDB pull request 105, measured on the service: only what the paths lead to.
  @Test
  void updatedAttributesAreTheFragmentsAtThePaths() {
    Item before = item("m", m("a", n("1"), "keep", n("2")), "l", l(s("x"), s("y")), "r", s("z"));
    Update update = update("SET m.a = :v, l[7] = :v REMOVE r, absent", ":v", n("9"));
    Item after = update.apply(before);
    assertThat(update.parts(before)).isEqualTo(item("m", m("a", n("1")), "r", s("z")));
    assertThat(update.parts(after)).isEqualTo(item("m", m("a", n("9"))));
    Update appending = update("SET l[2] = :v", ":v", n("9"));
    assertThat(appending.parts(appending.apply(before))).isEqualTo(item("l", l(n("9"))));
  }

  @Test
  void newItemsStartFromTheirKey() {
    assertThat(
            apply(
                "SET a = :v ADD c :v DELETE d :s REMOVE e",
                item("pk", s("k")),
                ":v",
                n("1"),
                ":s",
                ss("x")))
        .isEqualTo(item("pk", s("k"), "a", n("1"), "c", n("1")));
  }
}
