package org.ostraka.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.error.ValidationException;

/** Properties of random expressions: see {@link Seeds} for how to repeat a failure. */
final class RandomExpressionTest {

  private static final String[] PIECES = {
    "a",
    "b1",
    "name",
    "#n",
    ":v",
    "#",
    ":",
    "(",
    ")",
    "((",
    "))",
    "[",
    "]",
    "[0]",
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
    "0",
    "01",
    "7",
    "_",
    "a = :v",
    "#n.a[1]",
    ":v, :v"
  };

  @Test
  void treesPrintToTextThatParsesToThem() {
    Seeds.forEach(
        3_000,
        seed -> {
          Condition condition = new Trees(seed).condition(3);
          ExpressionText text = ExpressionText.of(condition);
          if (text.text().length() <= ExpressionLimits.EXPRESSION_BYTES) {
            ParsedCondition parsed =
                ParsedCondition.parse(ExpressionParameter.CONDITION, text.text());
            assertThat(parsed.bind(text.placeholders())).isEqualTo(condition);
            text.placeholders().refuseUnused(List.of(parsed));
          }
        });
  }

  @Test
  void projectionsPrintToTextThatParsesToThem() {
    Seeds.forEach(
        3_000,
        seed ->
            new Trees(seed)
                .projection()
                .ifPresent(projection -> {
                  ExpressionText text = ExpressionText.of(projection);
                  assertThat(ParsedProjection.parse(text.text()).bind(text.placeholders()))
                      .isEqualTo(projection);
                }));
  }

  @Test
  void updatesPrintToTextThatParsesToThem() {
    Seeds.forEach(
        3_000,
        seed ->
            new Trees(seed)
                .update()
                .filter(update -> !update.actions().isEmpty())
                .ifPresent(update -> {
                  ExpressionText text = ExpressionText.of(update);
                  assertThat(ParsedUpdate.parse(text.text()).bind(text.placeholders()))
                      .isEqualTo(update);
                }));
  }

  @Test
  void randomTextIsReadOrRefusedAndNothingElse() {
    Placeholders placeholders = Values.with("#n", "a", ":v", Values.n("1"));
    Seeds.forEach(
        200_000,
        seed -> {
          String text = text(seed);
          tolerant(() -> {
            ParsedCondition parsed = ParsedCondition.parse(ExpressionParameter.FILTER, text);
            Condition condition = parsed.bind(placeholders);
            condition.holds(new Trees(seed).item());
            KeyClause.listOf(condition);
          });
          tolerant(() -> ParsedProjection.parse(text).bind(placeholders));
          tolerant(() -> ParsedUpdate.parse(text).bind(placeholders).apply(new Trees(seed).item()));
        });
  }

  private static String text(long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "SET a = " : "");
    int pieces = 1 + random.nextInt(random.nextInt(50) == 0 ? 400 : 12);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static void tolerant(Runnable call) {
    try {
      call.run();
    } catch (ValidationException refused) {
      assertThat(refused.text()).isNotEmpty();
    }
  }

  /** The condition over all of the tree's operators against one written another way. */
  @Test
  void conditionsHoldAsAnIndependentCheckSays() {
    Seeds.forEach(
        5_000,
        seed -> {
          Trees trees = new Trees(seed);
          Condition condition = trees.condition(3);
          Item item = trees.item();
          assertThat(condition.holds(item)).isEqualTo(SimpleConditions.holds(condition, item));
        });
  }

  @Test
  void projectionsKeepWhatEachPathFinds() {
    Seeds.forEach(
        20_000,
        seed -> {
          Trees trees = new Trees(seed);
          Item item = trees.item();
          trees
              .projection()
              .ifPresent(projection ->
                  assertThat(projection.of(item).attributes().isEmpty())
                      .isEqualTo(
                          projection.paths().stream().allMatch(p -> p.find(item).isEmpty())));
        });
  }

  @Test
  void updatesDoWhatTheirActionsSayAndNothingElse() {
    Seeds.forEach(
        10_000,
        seed -> {
          Trees trees = new Trees(seed);
          Item before = trees.item();
          Optional<Update> update = trees.update();
          tolerant(() -> update.ifPresent(u -> checkUpdate(u, before, u.apply(before))));
        });
  }

  private static void checkUpdate(Update update, Item before, Item after) {
    Map<String, AttributeValue> untouchedBefore = new LinkedHashMap<>(before.attributes());
    Map<String, AttributeValue> untouchedAfter = new LinkedHashMap<>(after.attributes());
    for (UpdateAction action : update.actions()) {
      untouchedBefore.remove(action.path().attribute());
      untouchedAfter.remove(action.path().attribute());
      boolean inMapsOnly =
          action.path().steps().stream().allMatch(step -> step instanceof Path.Step.Field);
      if (inMapsOnly) {
        checkAction(action, before, action.path().find(after));
      }
    }
    assertThat(untouchedAfter).isEqualTo(untouchedBefore);
  }

  private static void checkAction(
      UpdateAction action, Item before, Optional<AttributeValue> after) {
    Optional<AttributeValue> current = action.path().find(before);
    switch (action) {
      case UpdateAction.Remove _ -> assertThat(after).isEmpty();
      case UpdateAction.Set(_, SetValue.Plain(UpdateOperand.Literal(AttributeValue value))) ->
          assertThat(after).contains(value);
      case UpdateAction.Set(_, SetValue.Plain(UpdateOperand.Attribute(Path from))) ->
          assertThat(after).isEqualTo(from.find(before));
      case UpdateAction.Set _ -> assertThat(after).isPresent();
      case UpdateAction.Add(_, AttributeValue value) ->
          assertThat(after).contains(current.map(c -> SimpleUpdates.added(c, value)).orElse(value));
      case UpdateAction.Delete(_, AttributeValue elements) ->
          assertThat(after).isEqualTo(current.flatMap(c -> SimpleUpdates.without(c, elements)));
    }
  }
}
