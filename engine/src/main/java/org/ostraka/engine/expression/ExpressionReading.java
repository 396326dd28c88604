package org.ostraka.engine.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.expression.ExpressionParameter;
import org.ostraka.expression.ParsedCondition;
import org.ostraka.expression.ParsedExpression;
import org.ostraka.expression.ParsedProjection;
import org.ostraka.expression.ParsedUpdate;
import org.ostraka.expression.Placeholders;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.Substitutions;

/**
 * The reading of the expressions of one request. One thread.
 *
 * <p>The service reads all texts first, then checks what the placeholders stand for, then whether
 * each of them is used.
 */
final class ExpressionReading {
  private final Expressions expressions;
  private final Placeholders placeholders;
  private final List<ParsedExpression> parsed = new ArrayList<>();

  ExpressionReading(Expressions expressions, Substitutions substitutions) {
    this.expressions = expressions;
    this.placeholders =
        Placeholders.of(
            Optional.ofNullable(substitutions.names()),
            Optional.ofNullable(substitutions.values()));
  }

  /**
   * Refuses placeholders of a request that has no expression for them.
   *
   * @param takesNames whether the request has an expression
   * @param takesValues whether it has an expression that may name values
   */
  static void refuseNeedless(Substitutions substitutions, boolean takesNames, boolean takesValues) {
    if (substitutions.names() != null && !takesNames) {
      throw needless("ExpressionAttributeNames");
    }
    if (substitutions.values() != null && !takesValues) {
      throw needless("ExpressionAttributeValues");
    }
  }

  private static ValidationException needless(String member) {
    return new ValidationException(member + " can only be specified when using expressions");
  }

  Optional<ParsedCondition> condition(ExpressionParameter parameter, @Nullable String text) {
    return remembered(
        Optional.ofNullable(text).map(present -> expressions.condition(parameter, present)));
  }

  Optional<ParsedProjection> projection(@Nullable String text) {
    return remembered(Optional.ofNullable(text).map(expressions::projection));
  }

  Optional<ParsedUpdate> update(@Nullable String text) {
    return remembered(Optional.ofNullable(text).map(expressions::update));
  }

  Placeholders placeholders() {
    return placeholders;
  }

  /** Refuses placeholders that none of the expressions read so far uses. */
  void refuseUnused() {
    placeholders.refuseUnused(parsed);
  }

  private <T extends ParsedExpression> Optional<T> remembered(Optional<T> expression) {
    expression.ifPresent(parsed::add);
    return expression;
  }
}
