package org.ostraka.engine.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.TableKey;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Row;

/**
 * Reads a page of items, row by row, until it has as many as it may. One thread.
 *
 * <p>"Paginating table query results" in the Developer Guide: a page ends with the item that makes
 * it reach the limit or 1 MB, whether or not anything comes after, and filters see only what was
 * read.
 */
final class PageReader {
  private final PageContent content;
  private final int limit;
  private final List<Item> items = new ArrayList<>();
  private int count;
  private int scannedCount;
  private int sizeBytes;
  private @Nullable Row last;

  /**
   * Makes a reader of one page.
   *
   * @param limit items that are read, at most
   */
  PageReader(PageContent content, int limit) {
    this.content = content;
    this.limit = limit;
  }

  /** Reads rows until the page is full or the cursor ends. */
  void read(Cursor cursor) {
    Optional<Row> row = cursor.next();
    while (row.isPresent()) {
      add(row.get());
      if (isFull()) {
        last = row.get();
        return;
      }
      row = cursor.next();
    }
  }

  List<Item> items() {
    return items;
  }

  int count() {
    return count;
  }

  int scannedCount() {
    return scannedCount;
  }

  /** The size of all items that were read. */
  int sizeBytes() {
    return sizeBytes;
  }

  /** The key of the item that made the page full; nothing if the rows came to an end. */
  Optional<Item> lastKey(TableKey key) {
    return Optional.ofNullable(last)
        .map(row ->
            ItemEncoding.decode(row.value())
                .only(key.attributes().stream().map(AttributeDefinition::name).toList()));
  }

  private boolean isFull() {
    return scannedCount >= limit || sizeBytes >= Limits.PAGE_BYTES;
  }

  private void add(Row row) {
    scannedCount++;
    sizeBytes += ItemEncoding.sizeBytes(row.value());
    if (!content.needsItems()) {
      count++;
      return;
    }
    Item item = ItemEncoding.decode(row.value());
    if (content.admits(item)) {
      count++;
      if (!content.counted()) {
        items.add(content.of(item));
      }
    }
  }
}
