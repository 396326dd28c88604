package org.ostraka.engine.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ostraka.expression.Condition;
import org.ostraka.expression.ExpressionParameter;
import org.ostraka.expression.ParsedCondition;
import org.ostraka.expression.ParsedExpression;
import org.ostraka.expression.ParsedProjection;
import org.ostraka.expression.ParsedUpdate;
import org.ostraka.expression.Placeholders;
import org.ostraka.expression.Projection;
import org.ostraka.expression.Update;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.Substitutions;
import org.ostraka.model.operation.WriteCondition;

/**
 * The expressions of one request, with their placeholders replaced. Immutable.
 *
 * <p>The service reads all texts first, then asks what the placeholders stand for, then whether
 * each of them is used.
 */
public final class RequestExpressions {
  private final Optional<Condition> condition;
  private final Optional<Update> update;
  private final Optional<Projection> projection;

  private RequestExpressions(
      Optional<Condition> condition, Optional<Update> update, Optional<Projection> projection) {
    this.condition = condition;
    this.update = update;
    this.projection = projection;
  }

  /** Reads the expressions of a request to write a single item. */
  public static RequestExpressions ofWrite(
      Expressions expressions, @Nullable String update, WriteCondition asked) {
    return enveloped(() -> {
      String condition = asked.expression();
      Substitutions substitutions = asked.substitutions();
      Placeholders placeholders = placeholders(substitutions, update != null || condition != null);
      Optional<ParsedUpdate> parsedUpdate = Optional.ofNullable(update).map(expressions::update);
      Optional<ParsedCondition> parsedCondition =
          Optional.ofNullable(condition)
              .map(text -> expressions.condition(ExpressionParameter.CONDITION, text));
      RequestExpressions bound =
          new RequestExpressions(
              parsedCondition.map(parsed -> parsed.bind(placeholders)),
              parsedUpdate.map(parsed -> parsed.bind(placeholders)),
              Optional.empty());
      List<ParsedExpression> all = new ArrayList<>();
      parsedUpdate.ifPresent(all::add);
      parsedCondition.ifPresent(all::add);
      placeholders.refuseUnused(all);
      return bound;
    });
  }

  /** Reads the expressions of a request to read a single item. */
  public static RequestExpressions ofRead(
      Expressions expressions, @Nullable String projection, @Nullable Map<String, String> names) {
    Placeholders placeholders = placeholders(new Substitutions(names, null), projection != null);
    Optional<ParsedProjection> parsed =
        Optional.ofNullable(projection).map(expressions::projection);
    Optional<Projection> bound = parsed.map(each -> each.bind(placeholders));
    placeholders.refuseUnused(parsed.stream().toList());
    return new RequestExpressions(Optional.empty(), Optional.empty(), bound);
  }

  public Optional<Condition> condition() {
    return condition;
  }

  public Optional<Update> update() {
    return update;
  }

  public Optional<Projection> projection() {
    return projection;
  }

  private static Placeholders placeholders(Substitutions substitutions, boolean used) {
    if (!used && substitutions.names() != null) {
      throw new ValidationException(
          "ExpressionAttributeNames can only be specified when using expressions");
    }
    if (!used && substitutions.values() != null) {
      throw new ValidationException(
          "ExpressionAttributeValues can only be specified when using expressions");
    }
    Optional<Map<String, AttributeValue>> values = Optional.ofNullable(substitutions.values());
    return Placeholders.of(Optional.ofNullable(substitutions.names()), values);
  }

  /**
   * What is wrong with the expressions of a single write is told with the service's count of
   * problems.
   */
  private static <T> T enveloped(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ValidationException problem) {
      throw new ValidationException("1 validation error detected: " + problem.text());
    }
  }
}
