package org.ostraka.engine.expression;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ostraka.expression.Condition;
import org.ostraka.expression.ExpressionParameter;
import org.ostraka.expression.ParsedCondition;
import org.ostraka.expression.ParsedUpdate;
import org.ostraka.expression.Update;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.AttributeUpdate;
import org.ostraka.model.operation.UpdateItem;
import org.ostraka.model.operation.WriteCondition;

/**
 * The expressions of a request to write a single item, or the same in the older form. Immutable.
 *
 * @param condition what must hold of the item
 * @param update the changes of the item
 */
public record WriteExpressions(Optional<Condition> condition, Optional<Update> update) {

  /** Reads the expressions of a request that replaces or removes an item. */
  public static WriteExpressions of(Expressions expressions, WriteCondition asked) {
    return enveloped(() -> read(expressions, asked, null, null));
  }

  /** Reads the expressions of a request that updates an item. */
  public static WriteExpressions of(Expressions expressions, UpdateItem.Request request) {
    return enveloped(() ->
        read(
            expressions,
            request.condition(),
            request.updateExpression(),
            request.attributeUpdates()));
  }

  /**
   * Reads the expressions of one action of a transaction. Problems are reported without a count;
   * placeholders without an expression are allowed.
   *
   * @param update the changes; null for an action that is no update
   */
  public static WriteExpressions ofTransacted(
      Expressions expressions, WriteCondition asked, @Nullable String update) {
    return asked.expression() == null && update == null
        ? new WriteExpressions(Optional.empty(), Optional.empty())
        : read(expressions, asked, update, null);
  }

  private static WriteExpressions read(
      Expressions expressions,
      WriteCondition asked,
      @Nullable String update,
      @Nullable Map<String, AttributeUpdate> attributeUpdates) {
    boolean used = update != null || asked.expression() != null;
    ExpressionReading.refuseNeedless(asked.substitutions(), used, used);
    LegacyConditions.refuseNeedless(asked.operator(), asked.expected());
    Optional<Update> olderUpdate =
        Optional.ofNullable(attributeUpdates).flatMap(LegacyUpdates::update);
    Optional<Condition> olderCondition =
        Optional.ofNullable(asked.expected())
            .flatMap(expected -> LegacyExpected.condition(expected, asked.operator()));
    ExpressionReading reading = new ExpressionReading(expressions, asked.substitutions());
    Optional<ParsedUpdate> parsedUpdate = reading.update(update);
    Optional<ParsedCondition> parsedCondition =
        reading.condition(ExpressionParameter.CONDITION, asked.expression());
    Optional<Condition> condition =
        parsedCondition.map(parsed -> parsed.bind(reading.placeholders()));
    Optional<Update> boundUpdate = parsedUpdate.map(parsed -> parsed.bind(reading.placeholders()));
    reading.refuseUnused();
    return new WriteExpressions(
        condition.or(() -> olderCondition), boundUpdate.or(() -> olderUpdate));
  }

  /**
   * Adds the service's count of problems to the message of what is wrong with the expressions of a
   * single write.
   */
  private static <T> T enveloped(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ValidationException problem) {
      throw new ValidationException("1 validation error detected: " + problem.text());
    }
  }
}
