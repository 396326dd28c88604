package org.ostraka.engine.query;

import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.table.OpenTable;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.PageRequest;
import org.ostraka.model.operation.PageResponse;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Range;
import org.ostraka.storage.Store;

/** Reads pages of a table's items from the store. Any thread. */
final class Pages {
  private final Store store;

  Pages(Store store) {
    this.store = store;
  }

  /** The first page of a range. */
  PageResponse read(OpenTable.Use table, Range range, PageRequest request, PageContent content) {
    int limit = request.limit() == null ? Integer.MAX_VALUE : request.limit();
    boolean consistent = request.consistentRead();
    PageReader page = new PageReader(content, limit);
    try (Cursor cursor =
        store.scan(range, consistent ? Consistency.STRONG : Consistency.EVENTUAL)) {
      page.read(cursor);
    }
    return new PageResponse(
        content.counted() ? null : page.items(),
        page.count(),
        page.scannedCount(),
        page.lastKey(table.key()).orElse(null),
        CapacityUnits.tell(
            request.returnConsumedCapacity(),
            table.name(),
            CapacityUnits.read(page.sizeBytes(), consistent)));
  }

  /** Refuses the name of an index, of which no table has any yet. */
  static void refuseIndex(PageRequest request) {
    if (request.indexName() != null) {
      throw new ValidationException(
          "The table does not have the specified index: " + request.indexName());
    }
  }
}
