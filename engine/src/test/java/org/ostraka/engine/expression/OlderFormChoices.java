package org.ostraka.engine.expression;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeAction;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.ComparisonOperator;
import org.ostraka.model.ConditionalOperator;
import org.ostraka.model.Item;
import org.ostraka.model.operation.AttributeCondition;
import org.ostraka.model.operation.AttributeUpdate;
import org.ostraka.model.operation.ExpectedAttribute;

/**
 * Random items and requests in the older form that the service would accept, with few names and
 * values, so that they meet; for tests. One thread.
 */
final class OlderFormChoices {
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  /** The values of each type, those that have an order in it. */
  private static final List<List<AttributeValue>> ORDERED =
      List.of(
          List.of(text(""), text("a"), text("ab"), text("b")),
          List.of(number("-1"), number("0.0"), number("0"), number("10")),
          List.of(binary(), binary(1), binary(1, 255), binary(255)));

  private static final List<List<AttributeValue>> OTHERS =
      List.of(
          List.of(new AttributeValue.Bool(true), new AttributeValue.Bool(false)),
          List.of(new AttributeValue.Null()),
          List.of(list(), list(text("a"), number("0")), list(binary(1), list())),
          List.of(
              new AttributeValue.M(Map.of()), new AttributeValue.M(Map.of("k", number("0.00")))),
          List.of(
              new AttributeValue.SS(Set.of("a")),
              new AttributeValue.SS(Set.of("a", "b")),
              new AttributeValue.SS(Set.of("b"))),
          List.of(
              new AttributeValue.NS(Set.of(BigDecimal.ZERO)),
              new AttributeValue.NS(Set.of(BigDecimal.ZERO, BigDecimal.TEN))),
          List.of(
              new AttributeValue.BS(Set.of(Bytes.of(1))),
              new AttributeValue.BS(Set.of(Bytes.of(1), Bytes.of(1, 255)))));

  private final RandomGenerator random;

  OlderFormChoices(RandomGenerator random) {
    this.random = random;
  }

  Item item() {
    return new Item(byName(this::anyValue));
  }

  @Nullable ConditionalOperator operator(Map<String, ?> conditions) {
    boolean takesOne = conditions.size() > 1;
    return takesOne ? oneOf(ConditionalOperator.AND, ConditionalOperator.OR, null) : null;
  }

  Map<String, AttributeCondition> conditions() {
    return byName(() -> {
      ComparisonOperator operator = oneOf(ComparisonOperator.values());
      return new AttributeCondition(operator, operands(operator));
    });
  }

  Map<String, ExpectedAttribute> expected() {
    return byName(() ->
        switch (random.nextInt(4)) {
          case 0 -> new ExpectedAttribute(null, false, null, null);
          case 1 -> new ExpectedAttribute(anyValue(), oneOf(true, null), null, null);
          default -> compared(oneOf(ComparisonOperator.values()));
        });
  }

  Map<String, AttributeUpdate> updates() {
    return byName(() ->
        switch (oneOf(AttributeAction.values())) {
          case PUT -> new AttributeUpdate(anyValue(), AttributeAction.PUT);
          case ADD -> new AttributeUpdate(added(), AttributeAction.ADD);
          case DELETE -> new AttributeUpdate(oneOf(set(), null), AttributeAction.DELETE);
        });
  }

  private ExpectedAttribute compared(ComparisonOperator operator) {
    List<AttributeValue> operands = operands(operator);
    return operands.size() == 1 && random.nextBoolean()
        ? new ExpectedAttribute(operands.getFirst(), null, operator, null)
        : new ExpectedAttribute(null, null, operator, operands);
  }

  private List<AttributeValue> operands(ComparisonOperator operator) {
    List<AttributeValue> ordered = oneOf(ORDERED);
    return switch (operator) {
      case EQ, NE -> List.of(anyValue());
      case LT, LE, GT, GE, CONTAINS, NOT_CONTAINS -> List.of(oneOf(ordered));
      case BEGINS_WITH -> List.of(oneOf(oneOf(ORDERED.getFirst(), ORDERED.getLast())));
      case IN -> ordered.subList(0, 1 + random.nextInt(ordered.size()));
      case BETWEEN -> {
        int lower = random.nextInt(ordered.size());
        int upper = lower + random.nextInt(ordered.size() - lower);
        yield List.of(ordered.get(lower), ordered.get(upper));
      }
      case NULL, NOT_NULL -> List.of();
    };
  }

  private AttributeValue anyValue() {
    return oneOf(oneOf(random.nextBoolean() ? ORDERED : OTHERS));
  }

  private AttributeValue added() {
    return oneOf(oneOf(ORDERED.get(1)), oneOf(OTHERS.get(2)), set());
  }

  private AttributeValue set() {
    return oneOf(oneOf(OTHERS.subList(4, OTHERS.size())));
  }

  private <T> Map<String, T> byName(Supplier<T> value) {
    Map<String, T> chosen = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (random.nextBoolean()) {
        chosen.put(name, value.get());
      }
    }
    return chosen;
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  private <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static AttributeValue text(String text) {
    return new AttributeValue.S(text);
  }

  private static AttributeValue number(String number) {
    return new AttributeValue.N(new BigDecimal(number));
  }

  private static AttributeValue binary(int... bytes) {
    return new AttributeValue.B(Bytes.of(bytes));
  }

  private static AttributeValue list(AttributeValue... values) {
    return new AttributeValue.L(List.of(values));
  }
}
