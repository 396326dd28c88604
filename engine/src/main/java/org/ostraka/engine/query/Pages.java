package org.ostraka.engine.query;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.capacity.Cost;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.LocalIndex;
import org.ostraka.model.operation.PageRequest;
import org.ostraka.model.operation.PageResponse;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.Store;

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
   * @param atOnce pages that are read at the same time, at most: each may hold some ten times
   *     {@link org.ostraka.model.Limits#PAGE_BYTES}
   */
  public Pages(Store store, int atOnce) {
    this.store = store;
    this.turns = new Semaphore(atOnce, true);
  }

  /**
   * The first page of a range.
   *
   * @param fetches whether an index's entries are completed from the table
   */
  PageResponse read(
      Source source, Range range, PageRequest request, PageContent content, boolean fetches) {
    int limit = request.limit() == null ? Integer.MAX_VALUE : request.limit();
    Consistency consistency = request.consistentRead() ? Consistency.STRONG : Consistency.EVENTUAL;
    Optional<UnaryOperator<Bytes>> fetch =
        fetches ? Optional.of(entry -> fetch(source, entry, consistency)) : Optional.empty();
    PageReader page = new PageReader(content, limit, fetch, request.consistentRead());
    turns.acquireUninterruptibly();
    try (Cursor cursor = store.scan(range, consistency)) {
      page.read(cursor);
    } finally {
      turns.release();
    }
    return new PageResponse(
        content.counted() ? null : page.items(),
        page.count(),
        page.scannedCount(),
        page.last().map(source::pageKey).orElse(null),
        CapacityUnits.tell(
            request.returnConsumedCapacity(), source.table().name(), cost(source, page)));
  }

  /** An item may have changed since its entry was read; one that is gone is shown as it was. */
  private Bytes fetch(Source source, Bytes entry, Consistency consistency) {
    return store
        .read(source.itemRow(ItemEncoding.decode(entry)), consistency)
        .map(Row::value)
        .orElse(entry);
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
