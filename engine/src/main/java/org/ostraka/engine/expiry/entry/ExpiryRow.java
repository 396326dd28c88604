package org.ostraka.engine.expiry.entry;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.TableKey;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * The rows of the index of expiry times. Part of the format on disk. Stateless.
 *
 * <pre>
 * partition bucket, one byte  sort time, eight bytes; the item's partition and sort bytes
 *                             value: the attributes of the item's key, as an item
 * partition FF                the position of the build of the index, see
 *                             {@link org.ostraka.engine.catalogue.ExpiryBuild}
 * </pre>
 *
 * <p>The hash of an item's row chooses the bucket, so that items that expire at about the same time
 * do not all lie in one place of a store.
 */
public final class ExpiryRow {
  /** The number of buckets. */
  public static final int BUCKETS = 8;

  private ExpiryRow() {}

  /**
   * Returns the row of an item.
   *
   * @param item the item's own row
   * @param seconds when it expires
   */
  public static RowKey of(Space index, RowKey item, long seconds) {
    byte[] partition = item.partition().array();
    byte[] sort = item.sort().array();
    Bytes place =
        Bytes.wrap(
            ByteBuffer.allocate(Long.BYTES + partition.length + sort.length)
                .putLong(seconds)
                .put(partition)
                .put(sort)
                .array());
    return new RowKey(index, Bytes.of(bucket(item)), place);
  }

  /** Returns the value of an item's row. */
  public static Bytes value(TableKey key, Item item) {
    return ItemEncoding.encode(
        item.only(key.attributes().stream().map(AttributeDefinition::name).toList()));
  }

  /** Returns the attributes of the key of a row's item. */
  public static Item keyItem(Row row) {
    return ItemEncoding.decode(row.value());
  }

  /**
   * Returns when a row's item expires.
   *
   * @throws CorruptDataException when the row's key is too short for a time
   */
  public static long seconds(RowKey row) {
    if (row.sort().sizeBytes() < Long.BYTES) {
      throw new CorruptDataException("a row of expiry times has no time");
    }
    return ByteBuffer.wrap(row.sort().array()).getLong();
  }

  /**
   * Returns the rows of a bucket that have expired, in the order of their times.
   *
   * @param after the row after which to begin; absent for the first
   */
  public static Range expired(
      Space index, int bucket, ExpiryTime.Expired times, Optional<RowKey> after) {
    return new Range.OfPartition(
        index,
        Bytes.of(bucket),
        after.map(row -> next(row.sort())).orElseGet(() -> time(times.from())),
        Optional.of(time(times.before())),
        Direction.FORWARD);
  }

  private static Bytes time(long seconds) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(seconds).array());
  }

  /** Returns the least bytes that are greater. */
  private static Bytes next(Bytes bytes) {
    return Bytes.wrap(ByteBuffer.allocate(bytes.sizeBytes() + 1).put(bytes.array()).array());
  }

  private static int bucket(RowKey item) {
    int hash = 31 * item.partition().hashCode() + item.sort().hashCode();
    return Math.floorMod(hash ^ (hash >>> Short.SIZE), BUCKETS);
  }
}
