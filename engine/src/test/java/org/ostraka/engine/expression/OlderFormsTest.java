package org.ostraka.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.expression.Condition;
import org.ostraka.expression.Update;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ComparisonOperator;
import org.ostraka.model.ConditionalOperator;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.AttributeCondition;
import org.ostraka.model.operation.AttributeUpdate;
import org.ostraka.model.operation.ExpectedAttribute;
import org.ostraka.model.operation.PageRequest;
import org.ostraka.model.operation.Scan;
import org.ostraka.model.operation.Substitutions;
import org.ostraka.model.operation.UpdateItem;
import org.ostraka.model.operation.WriteCondition;
import org.ostraka.testkit.random.Generator;
import org.ostraka.testkit.random.RandomCase;

/** What the older form says of an item is what the same expression says of it. */
final class OlderFormsTest {
  private static final int RUNS = 2_000;
  private static final int CASES = 10;

  private final Expressions expressions = new Expressions();

  /** Something asked in the older form, and the item of which it is asked. */
  private record Asked<T>(
      Map<String, T> attributes, @Nullable ConditionalOperator operator, Item item) {}

  @Test
  void moreConditionsOrCandidatesThanAnExpressionMayHaveAreRefused() {
    Map<String, ExpectedAttribute> many = new LinkedHashMap<>();
    for (int i = 0; i <= 300; i++) {
      many.put("a" + i, new ExpectedAttribute(null, false, null, null));
    }
    assertThatThrownBy(() -> LegacyExpected.condition(many, null))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("maximum of 300");
    many.remove("a300");
    assertThat(LegacyExpected.condition(many, null)).isPresent();

    List<AttributeValue> candidates =
        Stream.generate(() -> (AttributeValue) new AttributeValue.S("x")).limit(101).toList();
    assertThatThrownBy(() -> new LegacyComparison("a", ComparisonOperator.IN, candidates))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("Invalid number of argument(s) for the IN ComparisonOperator");
    assertThat(
            new LegacyComparison("a", ComparisonOperator.IN, candidates.subList(1, 101)).values())
        .hasSize(100);
  }

  @Test
  void filtersAdmitWhatTheirExpressionsAdmit(TestInfo test) {
    verify(
        test,
        OlderFormChoices::conditions,
        asked -> {
          OlderFormText text = new OlderFormText();
          List<String> comparisons =
              asked.attributes().entrySet().stream()
                  .map(each ->
                      text.comparison(
                          each.getKey(), each.getValue().operator(), each.getValue().values()))
                  .toList();
          String filter = OlderFormText.joined(comparisons, asked.operator());
          assertThat(holds(filter(asked.attributes(), asked.operator()), asked.item()))
              .as("%s", filter)
              .isEqualTo(holds(filter(filter, text.substitutions()), asked.item()));
        });
  }

  @Test
  void whatIsExpectedHoldsWhenItsExpressionHolds(TestInfo test) {
    verify(
        test,
        OlderFormChoices::expected,
        asked -> {
          OlderFormText text = new OlderFormText();
          List<String> expectations =
              asked.attributes().entrySet().stream()
                  .map(each -> text.expectation(each.getKey(), each.getValue()))
                  .toList();
          String condition = OlderFormText.joined(expectations, asked.operator());
          WriteCondition older =
              new WriteCondition(
                  null, asked.attributes(), asked.operator(), Substitutions.NONE, false);
          WriteCondition newer = condition(condition, text.substitutions());
          assertThat(holds(WriteExpressions.of(expressions, older).condition(), asked.item()))
              .as("%s", condition)
              .isEqualTo(holds(WriteExpressions.of(expressions, newer).condition(), asked.item()));
        });
  }

  @Test
  void updatesMakeWhatTheirExpressionsMake(TestInfo test) {
    verify(
        test,
        OlderFormChoices::updates,
        asked -> {
          OlderFormText text = new OlderFormText();
          String update = text.update(asked.attributes());
          WriteCondition newer = condition(null, text.substitutions());
          assertThat(updated(update(null, asked.attributes(), WriteCondition.NONE), asked.item()))
              .as("%s", update)
              .isEqualTo(updated(update(update, null, newer), asked.item()));
        });
  }

  private <T> void verify(
      TestInfo test, Function<OlderFormChoices, Map<String, T>> choice, Check<Asked<T>> check) {
    Generator<Asked<T>> cases =
        random -> {
          OlderFormChoices choices = new OlderFormChoices(random);
          Map<String, T> attributes = choice.apply(choices);
          return new Asked<>(attributes, choices.operator(attributes), choices.item());
        };
    RandomCase.of(test).verify(each -> each.forEach(check::of), cases.listsOfUpTo(CASES), RUNS);
  }

  /** What is said of one case. */
  @FunctionalInterface
  private interface Check<T> {
    void of(T asked);
  }

  private Optional<Condition> filter(
      Map<String, AttributeCondition> conditions, @Nullable ConditionalOperator operator) {
    return scanned(null, conditions, operator, Substitutions.NONE);
  }

  private Optional<Condition> filter(@Nullable String filter, Substitutions substitutions) {
    return scanned(filter, null, null, substitutions);
  }

  private Optional<Condition> scanned(
      @Nullable String filter,
      @Nullable Map<String, AttributeCondition> conditions,
      @Nullable ConditionalOperator operator,
      Substitutions substitutions) {
    PageRequest page =
        new PageRequest(
            null,
            null,
            null,
            null,
            filter,
            conditions,
            operator,
            null,
            null,
            substitutions,
            false,
            ReturnConsumedCapacity.NONE);
    Scan.Request request = new Scan.Request("orders", null, null, page);
    return ReadExpressions.olderOf(request).and(expressions, request).filter();
  }

  private static WriteCondition condition(@Nullable String text, Substitutions substitutions) {
    return new WriteCondition(text, null, null, substitutions, false);
  }

  private Optional<Update> update(
      @Nullable String update,
      @Nullable Map<String, AttributeUpdate> attributeUpdates,
      WriteCondition condition) {
    UpdateItem.Request request =
        new UpdateItem.Request(
            "orders",
            new Item(Map.of()),
            update,
            attributeUpdates,
            condition,
            ReturnValues.NONE,
            ReturnConsumedCapacity.NONE,
            ReturnItemCollectionMetrics.NONE);
    return WriteExpressions.of(expressions, request).update();
  }

  private static boolean holds(Optional<Condition> condition, Item item) {
    return condition.isEmpty() || condition.get().holds(item);
  }

  /** The item after the update; nothing where it meets what it cannot change. */
  private static Optional<Item> updated(Optional<Update> update, Item item) {
    try {
      return Optional.of(update.map(each -> each.apply(item)).orElse(item));
    } catch (ValidationException _) {
      return Optional.empty();
    }
  }
}
