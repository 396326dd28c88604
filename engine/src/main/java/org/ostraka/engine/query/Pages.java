package org.ostraka.engine.query;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.capacity.Cost;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.Bytes;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.Limits;
import org.ostraka.model.LocalIndex;
import org.ostraka.model.TableArn;
import org.ostraka.model.Traffic;
import org.ostraka.model.operation.PageRequest;
import org.ostraka.model.operation.PageResponse;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Wanted;

/**
 * Reads pages of items from the store, a limited number at the same time; others wait for their
 * turn. Any thread.
 */
public final class Pages {
  private final Store store;
  private final Semaphore turns;

  /**
   * Makes a reader of pages.
   *
   * @param atOnce the greatest number of pages to read at the same time; each may hold some ten
   *     times {@link org.ostraka.model.Limits#PAGE_BYTES}
   */
  public Pages(Store store, int atOnce) {
    this.store = store;
    this.turns = new Semaphore(atOnce, true);
  }

  /**
   * Reads the first page of a stretch.
   *
   * @param fetches whether an index's entries are completed from the table
   */
  PageResponse read(
      Source source,
      Stretch stretch,
      PageRequest request,
      PageContent content,
      boolean fetches,
      Allowance allowance,
      Meter meter) {
    Page page =
        read(
            source,
            List.of(stretch),
            content,
            new Terms(request.limit(), request.consistentRead(), fetches),
            allowance,
            meter);
    return new PageResponse(
        content.counted() ? null : page.items(),
        page.count(),
        page.scannedCount(),
        page.end().map(Page.End::key).orElse(null),
        meter.answer(request.returnConsumedCapacity()));
  }

  /**
   * The terms of reading a page.
   *
   * @param limit the greatest number of items to read; absent for a page of the service's size
   * @param fetches whether an index's entries are completed from the table
   */
  public record Terms(@Nullable Integer limit, boolean consistent, boolean fetches) {}

  /** Reads the first page of several stretches, one after the other. */
  public Page read(
      Source source,
      List<Stretch> stretches,
      PageContent content,
      Terms terms,
      Allowance allowance,
      Meter meter) {
    int limit = terms.limit() == null ? Integer.MAX_VALUE : terms.limit();
    Consistency consistency = terms.consistent() ? Consistency.STRONG : Consistency.EVENTUAL;
    Optional<UnaryOperator<Bytes>> fetch =
        terms.fetches()
            ? Optional.of(entry -> fetch(source, entry, consistency, allowance))
            : Optional.empty();
    PageReader page = new PageReader(content, limit, fetch, terms.consistent(), allowance);
    requireRoom(source, stretches);
    int begun = 0;
    turns.acquireUninterruptibly();
    try {
      while (begun < stretches.size() && !page.isOver()) {
        try (Cursor cursor = store.scan(stretches.get(begun).range(), consistency, wanted(limit))) {
          page.read(stretches.get(begun), cursor);
        }
        begun++;
      }
      allowance.holdAnswer(page.heldBytes());
    } finally {
      turns.release();
    }
    meter.charge(source.table().arn(), cost(source, page));
    load(source, stretches.subList(0, begun), page, meter);
    meter.returned(page.count());
    int last = begun - 1;
    return new Page(
        page.items(),
        page.count(),
        page.scannedCount(),
        page.last().map(item -> new Page.End(last, source.pageKey(item))));
  }

  /** Returns the index of the slice that has a row, of this many slices. */
  int sliceOf(RowKey key, int slices) {
    return store.scanOrder().sliceOf(key, slices);
  }

  /** Returns how much a page can want of a range: the most that it reads before it is full. */
  private static Wanted wanted(int limit) {
    return new Wanted(limit, 2L * Limits.PAGE_BYTES);
  }

  /**
   * Returns the item of an entry. The item may have changed since its entry was read; when it was
   * deleted, the entry stands for it. An eventually consistent read may find an older state than
   * the entry's, in which the item is missing: then it is read again.
   */
  private Bytes fetch(Source source, Bytes entry, Consistency consistency, Allowance allowance) {
    allowance.compute(ItemEncoding.work(entry));
    RowKey row = source.itemRow(ItemEncoding.decode(entry));
    return store
        .read(row, consistency)
        .or(() -> readAgain(row, consistency))
        .map(Row::value)
        .orElse(entry);
  }

  private Optional<Row> readAgain(RowKey row, Consistency consistency) {
    return consistency == Consistency.EVENTUAL
        ? store.read(row, Consistency.STRONG)
        : Optional.empty();
  }

  private static void requireRoom(Source source, List<Stretch> stretches) {
    Optional<IndexName> index = globalIndex(source);
    for (Stretch stretch : stretches) {
      source.table().headroom().require(Traffic.READ, index, partition(stretch));
    }
  }

  /** Notes the partitions that provided the page: those of its stretches, each its share. */
  private static void load(Source source, List<Stretch> stretches, PageReader page, Meter meter) {
    TableArn table = source.table().arn();
    Optional<IndexName> index = globalIndex(source);
    for (Stretch stretch : stretches) {
      double units = page.units() / stretches.size();
      meter.load(new Load(table, Traffic.READ, index, partition(stretch), units));
    }
    if (page.fetchUnits() > 0) {
      meter.load(
          new Load(table, Traffic.READ, Optional.empty(), Optional.empty(), page.fetchUnits()));
    }
  }

  private static Optional<IndexName> globalIndex(Source source) {
    return source.isGlobalIndex()
        ? source.index().map(open -> open.index().name())
        : Optional.empty();
  }

  private static Optional<Bytes> partition(Stretch stretch) {
    return stretch.range() instanceof Range.OfPartition range
        ? Optional.of(range.partition())
        : Optional.empty();
  }

  private static Cost cost(Source source, PageReader page) {
    if (source.index().isEmpty()) {
      return Cost.ofTable(page.units());
    }
    return switch (source.index().get().index()) {
      case LocalIndex local ->
          new Cost(page.fetchUnits(), Map.of(local.name(), page.units()), Map.of());
      case GlobalIndex global ->
          new Cost(page.fetchUnits(), Map.of(), Map.of(global.name(), page.units()));
    };
  }
}
