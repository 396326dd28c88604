package org.ostraka.engine.query;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Row;

/**
 * Reads a page of items, row by row and stretch by stretch, until it has as many as it may. One
 * thread.
 *
 * <p>"Paginating table query results" in the Developer Guide: a page ends with the item that makes
 * it reach the limit or 1 MB, whether or not anything comes after, and filters see only what was
 * read.
 */
final class PageReader {
  private final PageContent content;
  private final int limit;
  private final Optional<UnaryOperator<Bytes>> fetch;
  private final boolean consistent;
  private final List<Bytes> encoded = new ArrayList<>();
  private int count;
  private int scannedCount;
  private int sizeBytes;
  private double units;
  private int fetchedBytes;
  private double fetchUnits;
  private @Nullable Row last;

  /**
   * Makes a reader of one page.
   *
   * @param limit items that are read, at most
   * @param fetch gets the stored item that an index's entry stands for, if entries do not do
   * @param consistent whether strongly consistent reads are charged
   */
  PageReader(
      PageContent content, int limit, Optional<UnaryOperator<Bytes>> fetch, boolean consistent) {
    this.content = content;
    this.limit = limit;
    this.fetch = fetch;
    this.consistent = consistent;
  }

  /** Reads a stretch of rows until the page is full or the cursor ends. */
  void read(Stretch stretch, Cursor cursor) {
    int before = sizeBytes;
    Optional<Row> row = cursor.next();
    while (row.isPresent() && last == null) {
      add(stretch, row.get());
      if (isFull()) {
        last = row.get();
      } else {
        row = cursor.next();
      }
    }
    units += CapacityUnits.read(sizeBytes - before, consistent);
  }

  /**
   * The items, which lie as they are stored until they are asked for: a page of small items takes
   * tens of times the room of its bytes once they are decoded.
   */
  List<Item> items() {
    return new AbstractList<>() {
      @Override
      public Item get(int index) {
        return content.parts().apply(ItemEncoding.lying(encoded.get(index)));
      }

      @Override
      public int size() {
        return encoded.size();
      }
    };
  }

  int count() {
    return count;
  }

  int scannedCount() {
    return scannedCount;
  }

  /** Read units for all that was read, rounded up once for each stretch. */
  double units() {
    return units;
  }

  /** Read units for what was fetched besides, each item rounded up. */
  double fetchUnits() {
    return fetchUnits;
  }

  /** The item that made the page full; nothing if the rows came to an end. */
  Optional<Item> last() {
    return Optional.ofNullable(last).map(row -> ItemEncoding.decode(row.value()));
  }

  private boolean isFull() {
    return scannedCount >= limit || sizeBytes + fetchedBytes >= Limits.PAGE_BYTES;
  }

  private void add(Stretch stretch, Row row) {
    scannedCount++;
    sizeBytes += ItemEncoding.sizeBytes(row.value());
    if (content.counted() && stretch.filter().isEmpty()) {
      count++;
      return;
    }
    Bytes item = row.value();
    if (fetch.isPresent()) {
      item = fetch.get().apply(item);
      int fetched = ItemEncoding.sizeBytes(item);
      fetchUnits += CapacityUnits.read(fetched, consistent);
      fetchedBytes += fetched;
    }
    if (stretch.admits(item)) {
      count++;
      if (!content.counted()) {
        encoded.add(item);
      }
    }
  }
}
