package org.ostraka.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.error.ValidationException;
import org.ostraka.testkit.random.Fuzz;
import org.ostraka.testkit.random.Generator;
import org.ostraka.testkit.random.Mutator;

/** Whatever a text is, it is read, or refused with a message. */
final class ExpressionFuzzTest {
  private static final int INPUTS = 50_000;
  private static final int PLACEHOLDERS = 20;

  private static final List<String> WORDS =
      List.of(
          "a",
          "b1",
          "name",
          "#n0",
          ":v0",
          "#",
          ":",
          "(",
          ")",
          "((",
          "))",
          "[",
          "]",
          "[0]",
          ".0",
          "[2147483648]",
          "[4294967294]",
          "[4294967295]",
          "[99999999999]",
          ".",
          ",",
          "=",
          "<>",
          "<",
          "<=",
          ">",
          ">=",
          "+",
          "-",
          " and ",
          " OR ",
          " not ",
          " in ",
          " between ",
          "SET ",
          " remove ",
          " ADD ",
          " delete ",
          "size(",
          "contains(",
          "attribute_exists(",
          "attribute_type(",
          "begins_with(",
          "if_not_exists(",
          "list_append(",
          "nope(",
          " ",
          "\t",
          "'",
          "\"",
          "\\",
          "é",
          "𝄞",
          "\uD800",
          "\0",
          "\uFEFF",
          "0",
          "01",
          "7",
          "_",
          "a = :v0",
          "#n0.a[1]",
          ":v0, :v1",
          "NOT (",
          "a.",
          "if_not_exists(a, ",
          "ſ",
          "İ");

  private static final List<String> SOUND =
      List.of(
          "a = :v0",
          "attribute_not_exists(#n0) OR (#n1 < :v0 AND NOT contains(c, :v1))",
          "size(a) BETWEEN :v0 AND :v2 and begins_with(b, :v1)",
          "a.b[0].#n4 IN (:v0, :v1, :v2) or attribute_type(a, :v1)",
          "#n0 = :v0 AND #n1 BETWEEN :v1 AND :v3",
          "a, b.c[3], #n0.#n1, c[0][1]",
          "SET a = a + :v0, b = list_append(if_not_exists(b, :v8), :v8) REMOVE c[1], #n4",
          "ADD a :v0, b :v6 DELETE c :v6 SET #n4.#n5 = (:v2 - :v0)");

  private static final List<Item> ITEMS =
      LongStream.range(0, 8).mapToObj(seed -> new Trees(seed).item()).toList();

  private static final Placeholders PLACEHOLDERS_OF_ALL = placeholders();

  @Test
  void textsAreReadOrRefusedAndNothingElse(TestInfo test) {
    Generator<String> sound =
        Generator.either(
            List.of(
                Generator.oneOf(SOUND),
                ExpressionFuzzTest::printed,
                ExpressionFuzzTest::pieces,
                ExpressionFuzzTest::nested));
    Fuzz.of(test, INPUTS)
        .texts(
            text -> {
              tolerant(() -> checkCondition(text));
              tolerant(() -> checkProjection(text));
              tolerant(() -> checkUpdate(text));
            },
            Mutator.ofText(sound, WORDS));
  }

  @Test
  void placeholdersAreTakenOrRefusedAndNothingElse(TestInfo test) {
    Generator<String> sound = Generator.oneOf(List.of("#a", "#n0_B", ":v", ":longer", "name"));
    Generator<String> texts = Mutator.ofText(sound, WORDS);
    Fuzz.of(test, INPUTS)
        .lists(
            keys ->
                tolerant(() -> {
                  Map<String, String> names = new LinkedHashMap<>();
                  Map<String, AttributeValue> values = new LinkedHashMap<>();
                  for (String key : keys) {
                    names.put(key, keys.getFirst());
                    values.put(key, Values.n("1"));
                  }
                  boolean name = keys.getFirst().startsWith("#");
                  Placeholders.of(
                          Optional.of(names).filter(_ -> name),
                          Optional.of(values).filter(_ -> !name))
                      .refuseUnused(List.of(ParsedProjection.parse("#a, #n0_B")));
                }),
            texts.listsOfUpTo(3));
  }

  private static void checkCondition(String text) {
    ParsedCondition parsed = ParsedCondition.parse(ExpressionParameter.FILTER, text);
    Condition condition = parsed.bind(PLACEHOLDERS_OF_ALL);
    ITEMS.forEach(condition::holds);
    ExpressionText printed = ExpressionText.of(condition);
    if (printed.text().length() <= ExpressionLimits.EXPRESSION_BYTES) {
      assertThat(
              ParsedCondition.parse(ExpressionParameter.FILTER, printed.text())
                  .bind(printed.placeholders()))
          .isEqualTo(condition);
    }
    KeyClause.listOf(condition);
  }

  private static void checkProjection(String text) {
    Projection projection = ParsedProjection.parse(text).bind(PLACEHOLDERS_OF_ALL);
    ITEMS.forEach(projection::of);
    ExpressionText printed = ExpressionText.of(projection);
    if (printed.text().length() <= ExpressionLimits.EXPRESSION_BYTES) {
      assertThat(ParsedProjection.parse(printed.text()).bind(printed.placeholders()))
          .isEqualTo(projection);
    }
  }

  private static void checkUpdate(String text) {
    Update update = ParsedUpdate.parse(text).bind(PLACEHOLDERS_OF_ALL);
    ExpressionText printed = ExpressionText.of(update);
    if (printed.text().length() <= ExpressionLimits.EXPRESSION_BYTES) {
      assertThat(ParsedUpdate.parse(printed.text()).bind(printed.placeholders())).isEqualTo(update);
    }
    for (Item item : ITEMS) {
      tolerant(() -> {
        Item after = update.apply(item);
        update.parts(item);
        update.parts(after);
      });
    }
  }

  private static void tolerant(Runnable call) {
    try {
      call.run();
    } catch (ValidationException refused) {
      assertThat(refused.text()).isNotEmpty();
    }
  }

  /** What a random tree prints; its placeholders come to stand for something else. */
  private static String printed(RandomGenerator random) {
    Trees trees = new Trees(random.nextLong());
    return switch (random.nextInt(4)) {
      case 0 -> trees.projection().map(each -> ExpressionText.of(each).text()).orElse("a, b");
      case 1 -> trees.update().map(each -> ExpressionText.of(each).text()).orElse("REMOVE a");
      default -> ExpressionText.of(trees.condition(random.nextInt(3))).text();
    };
  }

  private static String pieces(RandomGenerator random) {
    StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "SET a = " : "");
    int pieces = 1 + random.nextInt(random.nextInt(50) == 0 ? 400 : 12);
    for (int i = 0; i < pieces; i++) {
      text.append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString();
  }

  /** As deep as the limits of length and operators let it be, and deeper. */
  private static String nested(RandomGenerator random) {
    int levels = random.nextInt(random.nextInt(4) == 0 ? 1_500 : 40);
    return switch (random.nextInt(6)) {
      case 0 -> "NOT ".repeat(levels) + "a = :v0";
      case 1 -> "(".repeat(levels) + "a" + ")".repeat(levels) + " = :v0";
      case 2 -> "(NOT ".repeat(levels) + "a = :v0" + ")".repeat(levels);
      case 3 -> "size(".repeat(levels) + "a" + ")".repeat(levels) + " > :v0";
      case 4 -> "SET a = " + "if_not_exists(a, ".repeat(levels) + ":v0" + ")".repeat(levels);
      default -> "a" + ".a[0]".repeat(levels / 2) + " = :v0";
    };
  }

  private static Placeholders placeholders() {
    List<AttributeValue> values =
        List.of(
            Values.n("1"),
            Values.s("S"),
            Values.n("9E125"),
            Values.s("a"),
            Values.b(0, 1),
            Values.n("-0.5"),
            Values.ss("a", "b"),
            new AttributeValue.NS(Set.of(BigDecimal.ONE)),
            Values.l(Values.n("1"), Values.s("a")),
            Values.m("a", Values.n("1")),
            Values.bool(true),
            Values.nul(),
            Values.bs(1, 2));
    List<String> names = List.of("a", "b", "c", "size", "x y", "ü", "#", "in", "a.b");
    Map<String, String> byName =
        LongStream.range(0, PLACEHOLDERS)
            .boxed()
            .collect(Collectors.toMap(i -> "#n" + i, i -> names.get((int) (i % names.size()))));
    Map<String, AttributeValue> byValue =
        LongStream.range(0, PLACEHOLDERS)
            .boxed()
            .collect(Collectors.toMap(i -> ":v" + i, i -> values.get((int) (i % values.size()))));
    return new Placeholders(byName, byValue);
  }
}
