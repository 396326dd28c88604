package org.ostraka.engine.partiql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.query.Coverage;
import org.ostraka.engine.query.KeyRange;
import org.ostraka.engine.query.Page;
import org.ostraka.engine.query.PageContent;
import org.ostraka.engine.query.Pages;
import org.ostraka.engine.query.Source;
import org.ostraka.engine.query.Stretch;
import org.ostraka.expression.Condition;
import org.ostraka.expression.partiql.ReadPlan;
import org.ostraka.expression.partiql.Statement;
import org.ostraka.model.Bytes;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ExecuteStatement;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Range;
import org.ostraka.storage.RowKey;

/**
 * The reading of one SELECT. What it reads by key is read as one query or as several, one after the
 * other; everything else is read as a scan. One thread.
 *
 * <p>The texts are floci's ({@code DynamoDbPartiQLHandler}, September 2026), which has them from
 * the service.
 */
final class SelectReading {
  /**
   * The greatest number of items that a page of several partitions reads: IN in "PartiQL
   * arithmetic, comparison, and logical operators for DynamoDB" in the Developer Guide.
   */
  private static final int ITEMS_OF_SEVERAL_PARTITIONS = 10;

  private final Statement.Select select;
  private final ExecuteStatement.Request request;
  private final Source source;

  /** The start of a page: after a row of one of the reads. */
  private record Start(int read, Optional<RowKey> after) {
    static final Start BEGINNING = new Start(0, Optional.empty());

    Optional<RowKey> of(int index) {
      return index == read ? after : Optional.empty();
    }
  }

  SelectReading(TableUse table, Statement.Select select, ExecuteStatement.Request request) {
    this.select = select;
    this.request = request;
    this.source =
        Source.of(
            table, select.source().index(), _ -> "The table does not have the specified index");
  }

  /**
   * Reads a page of the items.
   *
   * @param token where the previous page ended; absent for the first page
   */
  ExecuteStatement.Response page(
      Optional<PageToken> token, Pages pages, Allowance allowance, Meter meter) {
    boolean consistent = request.statement().consistentRead();
    if (consistent && source.isGlobalIndex()) {
      throw new ValidationException(
          "Strongly consistent read is not supported on Global Secondary Indexes");
    }
    boolean fetches = Coverage.needsTable(source, select.list().paths());
    ReadPlan plan = ReadPlan.of(select, key());
    Bytes digest = PageToken.digest(request.statement(), source);
    if (token.isPresent() && !token.get().digest().equals(digest)) {
      throw PageToken.ofOther();
    }
    int first = token.map(PageToken::read).orElse(0);
    Page page =
        pages.read(
            source,
            stretches(plan, token),
            content(),
            new Pages.Terms(limit(plan), consistent, fetches),
            allowance,
            meter);
    Optional<PageToken> next =
        page.end().map(end -> new PageToken(digest, first + end.stretch(), end.key()));
    return new ExecuteStatement.Response(
        page.items(),
        next.map(PageToken::text).orElse(null),
        next.map(PageToken::key).orElse(null),
        meter.answer(request.returnConsumedCapacity()),
        true);
  }

  private PageContent content() {
    return select.list().isEverything()
        ? PageContent.WHOLE_ITEMS
        : new PageContent(false, Optional.of(select.list()::of));
  }

  /**
   * Returns the key by which the source is read, as that of a table whose keys have one attribute
   * each.
   */
  private TableKey key() {
    return new TableKey(
        source.key().partition().getFirst(), source.key().sort().stream().findFirst());
  }

  private @Nullable Integer limit(ReadPlan plan) {
    boolean several = plan instanceof ReadPlan.Keyed(List<ReadPlan.Read> reads) && reads.size() > 1;
    if (!several) {
      return request.limit();
    }
    return request.limit() == null
        ? ITEMS_OF_SEVERAL_PARTITIONS
        : Integer.valueOf(Math.min(request.limit(), ITEMS_OF_SEVERAL_PARTITIONS));
  }

  /** Returns what is left to read. */
  private List<Stretch> stretches(ReadPlan plan, Optional<PageToken> token) {
    return switch (plan) {
      case ReadPlan.Scan(Optional<Condition> filter) -> {
        Start start = start(token, 1);
        yield List.of(new Stretch(Range.OfSlice.after(source.space(), start.after()), filter));
      }
      case ReadPlan.Keyed(List<ReadPlan.Read> reads) -> {
        requireFilters(reads);
        ReadOrder order = new ReadOrder(select.orderBy(), key());
        yield stretches(order.sorted(reads), order.direction(), token);
      }
    };
  }

  /**
   * Refuses filters on attributes that an index does not have. If one branch of the clause has no
   * such filter, all others are allowed; otherwise the missing attributes of the greatest partition
   * are reported (floci's {@code DynamoDbPartiQLKeyPlan}, checked on the service in September
   * 2026).
   */
  private void requireFilters(List<ReadPlan.Read> reads) {
    List<String> missing = List.of();
    for (ReadPlan.Read read : byPartition(reads)) {
      if (read.alternatives().isEmpty()) {
        return;
      }
      for (Condition alternative : read.alternatives()) {
        missing = Coverage.missing(source, alternative.paths());
        if (missing.isEmpty()) {
          return;
        }
      }
    }
    throw Coverage.notProjected(source, missing);
  }

  private static List<ReadPlan.Read> byPartition(List<ReadPlan.Read> reads) {
    return reads.stream()
        .sorted(Comparator.comparing(read -> KeyEncoding.encode(read.key().partition().getFirst())))
        .toList();
  }

  private List<Stretch> stretches(
      List<ReadPlan.Read> reads, Direction direction, Optional<PageToken> token) {
    Start start = start(token, reads.size());
    List<Stretch> stretches = new ArrayList<>();
    for (int i = start.read(); i < reads.size(); i++) {
      KeyRange range = KeyRange.of(reads.get(i).key());
      Optional<RowKey> after = start.of(i);
      if (after.isPresent() && !range.holds(after.get())) {
        throw PageToken.invalid();
      }
      stretches.add(
          new Stretch(range.range(source.space(), direction, after), reads.get(i).filter()));
    }
    return stretches;
  }

  /**
   * Returns where the page begins. Refuses a token that does not fit this number of reads or the
   * source.
   */
  private Start start(Optional<PageToken> token, int reads) {
    if (token.isEmpty()) {
      return Start.BEGINNING;
    }
    int read = token.get().read();
    if (read < 0 || read >= reads || !source.fits(token.get().key())) {
      throw PageToken.invalid();
    }
    try {
      return new Start(read, Optional.of(source.row(token.get().key())));
    } catch (ValidationException _) {
      throw PageToken.invalid();
    }
  }
}
