package org.ostraka.engine.query;

import java.util.Optional;
import org.ostraka.engine.condition.ItemConditions;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.engine.gate.Access;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.expression.KeyCondition;
import org.ostraka.model.Caller;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.PageRequest;
import org.ostraka.model.operation.PageResponse;
import org.ostraka.model.operation.Query;
import org.ostraka.storage.Direction;
import org.ostraka.storage.RowKey;

/** Carries out Query. Any thread. */
public final class QueryHandler implements ItemOperationHandler<Query.Request, PageResponse> {
  private final Gate gate;
  private final Pages pages;
  private final Expressions expressions;

  public QueryHandler(Gate gate, Pages pages, Expressions expressions) {
    this.gate = gate;
    this.pages = pages;
    this.expressions = expressions;
  }

  @Override
  public PageResponse handle(Caller caller, Query.Request request, Allowance allowance) {
    ReadExpressions read = ReadExpressions.of(expressions, request);
    PageRequest page = request.page();
    SelectRules.checkQuery(page);
    return gate.use(
        caller,
        new Access(
            Action.QUERY,
            request.tableName(),
            Optional.ofNullable(page.indexName()),
            key ->
                new ItemConditions(key)
                    .expressions(read)
                    .select(page, read)
                    .capacity(page.returnConsumedCapacity())
                    .keys()),
        (table, meter) -> {
          Source source = Source.of(table, page);
          Optional<RowKey> start = StartKey.ofQuery(source, page.exclusiveStartKey());
          KeyCondition condition =
              KeyCondition.resolve(read.keys(), source.key().partition(), source.key().sort());
          KeyRange range = KeyRange.of(condition);
          start.ifPresent(key -> requireWithin(range, !condition.sort().isEmpty(), key));
          KeyPaths.refuseInProjection(read, source);
          KeyPaths.refuseFiltered(read, page, source);
          boolean fetches = Coverage.needsTable(source, page, read);
          KeyPaths.refuseInFilter(read, source);
          Direction direction = request.forward() ? Direction.FORWARD : Direction.BACKWARD;
          PageResponse found =
              pages.read(
                  source,
                  new Stretch(range.range(source.space(), direction, start), read.filter()),
                  page,
                  PageContent.of(page, read),
                  fetches,
                  allowance,
                  meter);
          return source.findsOneItem() ? found.asLast() : found;
        });
  }

  /**
   * Refuses a starting key outside the queried range. The texts, odd as the last one is, are those
   * of dynalite's {@code actions/query.js}.
   */
  private static void requireWithin(KeyRange range, boolean sorted, RowKey start) {
    boolean inPartition = start.partition().equals(range.partition());
    if (sorted && !range.contains(start)) {
      throw new ValidationException(
          "The provided starting key does not match the range key predicate");
    }
    if (!inPartition) {
      throw new ValidationException(
          sorted
              ? "The query can return at most one row and cannot be restarted"
              : "The provided starting key is outside query boundaries based on provided"
                  + " conditions");
    }
  }
}
