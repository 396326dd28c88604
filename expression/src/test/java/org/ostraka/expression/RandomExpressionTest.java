package org.ostraka.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.error.ValidationException;

/** Properties of random expressions. */
final class RandomExpressionTest {
  @Test
  void treesPrintToTextThatParsesToThem(TestInfo test) {
    Seeds.forEach(
        test,
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
  void projectionsPrintToTextThatParsesToThem(TestInfo test) {
    Seeds.forEach(
        test,
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
  void updatesPrintToTextThatParsesToThem(TestInfo test) {
    Seeds.forEach(
        test,
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

  private static void tolerant(Runnable call) {
    try {
      call.run();
    } catch (ValidationException refused) {
      assertThat(refused.text()).isNotEmpty();
    }
  }

  /** The condition over all of the tree's operators against one written another way. */
  @Test
  void conditionsHoldAsAnIndependentCheckSays(TestInfo test) {
    Seeds.forEach(
        test,
        5_000,
        seed -> {
          Trees trees = new Trees(seed);
          Condition condition = trees.condition(3);
          Item item = trees.item();
          assertThat(condition.holds(item)).isEqualTo(SimpleConditions.holds(condition, item));
        });
  }

  @Test
  void projectionsKeepWhatEachPathFinds(TestInfo test) {
    Seeds.forEach(
        test,
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
  void updatesDoWhatTheirActionsSayAndNothingElse(TestInfo test) {
    Seeds.forEach(
        test,
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
