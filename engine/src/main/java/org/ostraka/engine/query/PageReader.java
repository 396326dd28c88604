package org.ostraka.engine.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.item.ItemWork;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Row;

/**
 * Reads a page of items, row by row and stretch by stretch, until the page is full. One thread.
 *
 * <p>"Paginating table query results" in the Developer Guide: a page ends with the item that makes
 * it reach the limit or 1 MB, whether or not anything comes after, and filters see only what was
 * read.
 */
final class PageReader {
  /** The work of reading a row, in units of {@link Allowance}. */
  private static final int WORK_PER_ROW = 2;

  /** The bytes of rows whose reading counts as one more unit of work. */
  private static final int BYTES_PER_UNIT = 1024;

  private final PageContent content;
  private final int limit;
  private final Optional<UnaryOperator<Bytes>> fetch;
  private final boolean consistent;
  private final Allowance allowance;
  private final List<Item> items = new ArrayList<>();
  private long heldBytes;
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
   * @param limit the greatest number of items to read
   * @param fetch returns the stored item of an index's entry; absent when the entries suffice
   * @param consistent whether strongly consistent reads are charged
   */
  PageReader(
      PageContent content,
      int limit,
      Optional<UnaryOperator<Bytes>> fetch,
      boolean consistent,
      Allowance allowance) {
    this.content = content;
    this.allowance = allowance;
    this.limit = limit;
    this.fetch = fetch;
    this.consistent = consistent;
  }

  /** Reads a stretch of rows until the page is full or the cursor ends. */
  void read(Stretch stretch, Cursor cursor) {
    ItemWork work = ItemWork.of(allowance, stretch.filter());
    int before = sizeBytes;
    Optional<Row> row = cursor.next();
    while (row.isPresent() && last == null) {
      add(stretch, row.get(), work);
      if (isFull()) {
        last = row.get();
      } else {
        row = cursor.next();
      }
    }
    units += CapacityUnits.read(sizeBytes - before, consistent);
  }

  /**
   * Returns the items as stored bytes, since objects of small items take tens of times the memory.
   */
  List<Item> items() {
    return items;
  }

  /** Returns the total bytes of these items. */
  long heldBytes() {
    return heldBytes;
  }

  int count() {
    return count;
  }

  int scannedCount() {
    return scannedCount;
  }

  /** Returns the read units for all that was read, rounded up once for each stretch. */
  double units() {
    return units;
  }

  /** Returns the read units for what was fetched from the table, rounded up for each item. */
  double fetchUnits() {
    return fetchUnits;
  }

  /** Returns whether the page is full, so that reading ends. */
  boolean isOver() {
    return last != null;
  }

  /** Returns the item that made the page full; empty when there were no more rows. */
  Optional<Item> last() {
    return Optional.ofNullable(last)
        .map(row -> {
          allowance.compute(ItemEncoding.work(row.value()));
          return ItemEncoding.decode(row.value());
        });
  }

  private boolean isFull() {
    return scannedCount >= limit || sizeBytes + fetchedBytes >= Limits.PAGE_BYTES;
  }

  private void add(Stretch stretch, Row row, ItemWork work) {
    allowance.compute(WORK_PER_ROW + row.value().sizeBytes() / BYTES_PER_UNIT);
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
    boolean looked = stretch.filter().isPresent() || content.parts().isPresent();
    if (looked) {
      work.lookAt(item);
    }
    Item lying = ItemEncoding.ofStored(item);
    if (stretch.admits(lying)) {
      count++;
      if (!content.counted()) {
        keep(looked ? wanted(item, lying) : lying);
      }
    }
  }

  /** Returns the wanted parts of an item, as stored. Objects that a filter made are dropped. */
  private Item wanted(Bytes stored, Item item) {
    return content
        .parts()
        .map(parts -> ItemEncoding.ofStored(ItemEncoding.encode(parts.apply(item))))
        .orElseGet(() -> ItemEncoding.ofStored(stored));
  }

  private void keep(Item item) {
    items.add(item);
    heldBytes += item.storedBytes();
  }
}
