package org.ostraka.engine.expression;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.expression.Condition;
import org.ostraka.expression.ExpressionParameter;
import org.ostraka.expression.KeyClause;
import org.ostraka.expression.ParsedCondition;
import org.ostraka.expression.ParsedProjection;
import org.ostraka.expression.Projection;
import org.ostraka.model.ExportFilter;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.BatchGetItem;
import org.ostraka.model.operation.GetItem;
import org.ostraka.model.operation.PageRequest;
import org.ostraka.model.operation.Query;
import org.ostraka.model.operation.Scan;
import org.ostraka.model.operation.Substitutions;
import org.ostraka.model.operation.TransactGetItems;

/**
 * The expressions of a request to read, or the same in the older form. Immutable.
 *
 * @param keys which keys are read; empty except for a query
 * @param filter which of the items that are read are wanted
 * @param projection which parts of the items are wanted
 */
public record ReadExpressions(
    List<KeyClause> keys, Optional<Condition> filter, Optional<Projection> projection) {

  /** Reads the expressions of a request for a single item. */
  public static ReadExpressions of(Expressions expressions, GetItem.Request request) {
    return ofItems(
        expressions, request.projectionExpression(), request.names(), request.attributesToGet());
  }

  /**
   * Refuses a BatchGetItem that requests attributes in both forms, even of different tables.
   *
   * @throws ValidationException with the text measured in June 2026 (ExtendDB pull request 178)
   */
  public static void refuseMixedForms(BatchGetItem.Request request) {
    List<BatchGetItem.KeysOfTable> tables = request.tables();
    if (tables.stream().anyMatch(table -> table.attributesToGet() != null)
        && tables.stream().anyMatch(table -> table.projectionExpression() != null)) {
      throw new ValidationException(
          "Can not use both expression and non-expression parameters in the same request:"
              + " Non-expression parameters: {AttributesToGet} Expression parameters:"
              + " {ProjectionExpression}");
    }
  }

  /** Reads the expressions of a request for several items of a table. */
  public static ReadExpressions of(Expressions expressions, BatchGetItem.KeysOfTable request) {
    return ofItems(
        expressions, request.projectionExpression(), request.names(), request.attributesToGet());
  }

  /**
   * Reads the expressions of one read of a transaction. Names without an expression are allowed
   * there.
   */
  public static ReadExpressions of(Expressions expressions, TransactGetItems.Get request) {
    String projection = request.projectionExpression();
    Substitutions substitutions =
        projection == null ? Substitutions.NONE : new Substitutions(request.names(), null);
    return read(expressions, substitutions, null, null, projection);
  }

  private static ReadExpressions ofItems(
      Expressions expressions,
      @Nullable String projection,
      @Nullable Map<String, String> names,
      @Nullable List<String> attributesToGet) {
    Substitutions substitutions = new Substitutions(names, null);
    ExpressionReading.refuseNeedless(substitutions, projection != null, projection != null);
    Optional<Projection> older = LegacyProjection.of(attributesToGet);
    ReadExpressions read = read(expressions, substitutions, null, null, projection);
    return new ReadExpressions(List.of(), Optional.empty(), read.projection.or(() -> older));
  }

  /**
   * Reads a scan's parameters of the older form, which the service checks before it looks at
   * segments.
   */
  public static ReadExpressions olderOf(Scan.Request request) {
    PageRequest page = request.page();
    refuseNeedless(page, page.filter() != null);
    LegacyConditions.refuseNeedless(page.operator(), page.conditions());
    Optional<Projection> projection = LegacyProjection.of(page.attributesToGet());
    return new ReadExpressions(List.of(), LegacyConditions.filter(page), projection);
  }

  /**
   * Reads the other expressions of the same scan and returns them together with these of the older
   * form.
   */
  public ReadExpressions and(Expressions expressions, Scan.Request request) {
    PageRequest page = request.page();
    ExpressionReading reading = new ExpressionReading(expressions, page.substitutions());
    Optional<ParsedCondition> parsedFilter =
        reading.condition(ExpressionParameter.SCAN_FILTER, page.filter());
    return read(reading, Optional.empty(), parsedFilter, page.projection()).or(filter, projection);
  }

  /** Reads the expressions of a query. */
  public static ReadExpressions of(Expressions expressions, Query.Request request) {
    PageRequest page = request.page();
    refuseNeedless(page, page.filter() != null || request.keyCondition() != null);
    LegacyConditions.refuseNeedless(page.operator(), page.conditions());
    Optional<Condition> olderFilter = LegacyConditions.filter(page);
    Optional<Projection> olderProjection = LegacyProjection.of(page.attributesToGet());
    if (request.keyCondition() == null && request.keyConditions() == null) {
      throw new ValidationException(
          "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
              + " request.");
    }
    ReadExpressions read =
        read(
                expressions,
                page.substitutions(),
                request.keyCondition(),
                page.filter(),
                page.projection())
            .or(olderFilter, olderProjection);
    return request.keyConditions() == null
        ? read
        : new ReadExpressions(
            LegacyConditions.keyClauses(request.keyConditions()), read.filter, read.projection);
  }

  /** Reads the expressions of an export: those of a query if there is one of keys, or of a scan. */
  public static ReadExpressions of(Expressions expressions, ExportFilter filter) {
    Substitutions substitutions =
        new Substitutions(filter.names().orElse(null), filter.values().orElse(null));
    boolean takesValues = filter.keyCondition().isPresent() || filter.filter().isPresent();
    ExpressionReading.refuseNeedless(
        substitutions, takesValues || filter.projection().isPresent(), takesValues);
    ExpressionReading reading = new ExpressionReading(expressions, substitutions);
    Optional<ParsedCondition> keys =
        reading.condition(ExpressionParameter.KEY_CONDITION, filter.keyCondition().orElse(null));
    ExpressionParameter parameter =
        keys.isPresent() ? ExpressionParameter.FILTER : ExpressionParameter.SCAN_FILTER;
    Optional<ParsedCondition> wanted = reading.condition(parameter, filter.filter().orElse(null));
    return read(reading, keys, wanted, filter.projection().orElse(null));
  }

  private ReadExpressions or(Optional<Condition> olderFilter, Optional<Projection> older) {
    return new ReadExpressions(keys, filter.or(() -> olderFilter), projection.or(() -> older));
  }

  private static void refuseNeedless(PageRequest page, boolean takesValues) {
    ExpressionReading.refuseNeedless(
        page.substitutions(), takesValues || page.projection() != null, takesValues);
  }

  private static ReadExpressions read(
      Expressions expressions,
      Substitutions substitutions,
      @Nullable String keyCondition,
      @Nullable String filter,
      @Nullable String projection) {
    ExpressionReading reading = new ExpressionReading(expressions, substitutions);
    Optional<ParsedCondition> parsedKeys =
        reading.condition(ExpressionParameter.KEY_CONDITION, keyCondition);
    Optional<ParsedCondition> parsedFilter = reading.condition(ExpressionParameter.FILTER, filter);
    return read(reading, parsedKeys, parsedFilter, projection);
  }

  private static ReadExpressions read(
      ExpressionReading reading,
      Optional<ParsedCondition> parsedKeys,
      Optional<ParsedCondition> parsedFilter,
      @Nullable String projection) {
    Optional<ParsedProjection> parsedProjection = reading.projection(projection);
    Optional<Condition> keys = parsedKeys.map(parsed -> parsed.bind(reading.placeholders()));
    Optional<Condition> boundFilter =
        parsedFilter.map(parsed -> parsed.bind(reading.placeholders()));
    Optional<Projection> boundProjection =
        parsedProjection.map(parsed -> parsed.bind(reading.placeholders()));
    reading.refuseUnused();
    return new ReadExpressions(
        keys.map(KeyClause::listOf).orElse(List.of()), boundFilter, boundProjection);
  }
}
