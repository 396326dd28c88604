package org.ostraka.engine.item;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/**
 * The items of a table with local indexes that share a partition key, and their entries in these
 * indexes. They are measured together ("Item collections in Local Secondary Indexes" in the
 * Developer Guide). Immutable.
 *
 * @param row the row that stores the collection's size in eight bytes; a collection without items
 *     has no such row. Part of the format on disk
 * @param key the partition key's attribute alone
 * @param limitBytes the greatest size that the collection may have
 */
public record ItemCollection(RowKey row, Item key, long limitBytes) {

  /**
   * Returns the collection of an item; empty when the table does not measure its collections.
   *
   * @param item the item's own row
   * @param attributes the item, or its key
   */
  static Optional<ItemCollection> of(TableUse table, RowKey item, Item attributes) {
    return table
        .collections()
        .map(collections ->
            new ItemCollection(
                row(collections.space(), item),
                attributes.only(List.of(table.key().partition().name())),
                collections.limitBytes()));
  }

  /**
   * Returns the row that stores the size of the collection of an item.
   *
   * @param item the item's own row
   */
  public static RowKey row(Space collections, RowKey item) {
    return new RowKey(collections, item.partition(), Bytes.EMPTY);
  }

  /** Returns a size as its row stores it. */
  public static Bytes encoded(long sizeBytes) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(sizeBytes).array());
  }

  /** Returns the size that a row stores; 0 without a row. */
  static long sizeBytes(Optional<Row> row) {
    return row.map(Row::value).map(ItemCollection::decoded).orElse(0L);
  }

  /** Returns the write that stores the collection's new size. */
  Write resized(long sizeBytes) {
    return sizeBytes == 0 ? new Write.Delete(row) : new Write.Put(row, encoded(sizeBytes));
  }

  private static long decoded(Bytes value) {
    if (value.sizeBytes() != Long.BYTES) {
      throw new CorruptDataException("a collection's size is not a number of eight bytes");
    }
    return ByteBuffer.wrap(value.array()).getLong();
  }
}
