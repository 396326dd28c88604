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
import org.ostraka.model.Caller;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.PageRequest;
import org.ostraka.model.operation.PageResponse;
import org.ostraka.model.operation.Scan;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Range;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Slice;

/** Carries out Scan. Any thread. */
public final class ScanHandler implements ItemOperationHandler<Scan.Request, PageResponse> {
  private final Gate gate;
  private final Pages pages;
  private final Expressions expressions;

  public ScanHandler(Gate gate, Pages pages, Expressions expressions) {
    this.gate = gate;
    this.pages = pages;
    this.expressions = expressions;
  }

  @Override
  public PageResponse handle(Caller caller, Scan.Request request, Allowance allowance) {
    ReadExpressions older = ReadExpressions.olderOf(request);
    Slice slice = slice(request);
    ReadExpressions read = older.and(expressions, request);
    PageRequest page = request.page();
    SelectRules.checkScan(page);
    return gate.use(
        caller,
        new Access(
            Action.SCAN,
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
          Optional<RowKey> start = StartKey.ofScan(source, page.exclusiveStartKey());
          start.ifPresent(key -> requireWithin(slice, pages.sliceOf(key, slice.total()), request));
          KeyPaths.refuseInProjection(read, source);
          boolean fetches = Coverage.needsTable(source, page, read);
          KeyPaths.refuseInFilter(read, source);
          return pages.read(
              source,
              new Stretch(
                  new Range.OfSlice(source.space(), slice, start, Direction.FORWARD),
                  read.filter()),
              page,
              PageContent.of(page, read),
              fetches,
              allowance,
              meter);
        });
  }

  /**
   * Returns the segment that the request asks for. The first two texts are those of dynalite's
   * {@code validations/scan.js}, the third is the wording of October 2026.
   */
  private static Slice slice(Scan.Request request) {
    Integer segment = request.segment();
    Integer total = request.totalSegments();
    if (segment == null && total == null) {
      return Slice.WHOLE;
    }
    if (total == null) {
      throw new ValidationException(
          "The TotalSegments parameter is required but was not present in the request when Segment"
              + " parameter is present");
    }
    if (segment == null) {
      throw new ValidationException(
          "The Segment parameter is required but was not present in the request when parameter"
              + " TotalSegments is present");
    }
    if (segment >= total) {
      throw new ValidationException(
          "The Segment parameter is zero-based and must be less than parameter TotalSegments");
    }
    return new Slice(segment, total);
  }

  private static void requireWithin(Slice slice, int startsIn, Scan.Request request) {
    if (slice.index() != startsIn) {
      throw StartKey.invalid(
          "Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment."
              + " TotalSegments: "
              + request.totalSegments()
              + " Segment: "
              + request.segment());
    }
  }
}
