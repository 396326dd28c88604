package org.ostraka.engine.item;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.capacity.Cost;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.index.entry.IndexChange;
import org.ostraka.model.Bytes;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.Item;
import org.ostraka.model.LocalIndex;
import org.ostraka.storage.Version;
import org.ostraka.storage.Write;

/**
 * The outcome of a write. Immutable. It holds no objects of the item, since they take tens of times
 * the memory of its bytes.
 *
 * @param before whether there was an item, and its size
 * @param after whether there will be an item, and its size
 * @param image the image that the write returns, as stored bytes; absent when it returns none
 * @param writes the rows that carry out the write
 * @param indexes the changes in the table's indexes
 * @param collectionBytes the size of the item's collection after this write and the earlier ones of
 *     the same decision; 0 when the table does not measure its collections
 */
public record ItemChange(
    StoredItem before,
    StoredItem after,
    Optional<Bytes> image,
    List<Write> writes,
    List<IndexChange> indexes,
    long collectionBytes) {
  public ItemChange {
    writes = List.copyOf(writes);
    indexes = List.copyOf(indexes);
  }

  /** Returns a change that leaves everything as it is. */
  static ItemChange none(StoredItem item, Optional<Bytes> image) {
    return new ItemChange(item, item, image, List.of(), List.of(), 0);
  }

  /** Returns the change as one that was made in another region and keeps its version there. */
  ItemChange replicated(Version version) {
    List<Write> foreign =
        writes.stream().map(write -> (Write) new Write.Replicated(version, write)).toList();
    return new ItemChange(before, after, image, foreign, indexes, collectionBytes);
  }

  /**
   * Returns the same change with the new size of its item's collection, and with the write of that
   * size if it changed.
   */
  ItemChange within(ItemCollection collection, long sizeBytes) {
    List<Write> all = writes;
    if (collectionBytesDelta() != 0) {
      all = new ArrayList<>(writes);
      all.add(collection.resized(sizeBytes));
    }
    return new ItemChange(before, after, image, all, indexes, sizeBytes);
  }

  /** Returns the number of bytes by which the item's collection grows; negative when it shrinks. */
  long collectionBytesDelta() {
    long delta = sizeBytesDelta();
    for (IndexChange change : indexes) {
      if (change.index() instanceof LocalIndex) {
        delta += change.sizeBytesDelta();
      }
    }
    return delta;
  }

  /** Returns whether the change leaves everything as it is. */
  public boolean isNone() {
    return writes.isEmpty();
  }

  /** Returns whether there was an item and will be none. */
  public boolean deletes() {
    return before.exists() && !after.exists();
  }

  /** Returns the number of items by which the table grows; negative when it shrinks. */
  int itemCountDelta() {
    return (after.exists() ? 1 : 0) - (before.exists() ? 1 : 0);
  }

  /** Returns the number of bytes of items by which the table grows; negative when it shrinks. */
  int sizeBytesDelta() {
    return after.sizeBytes() - before.sizeBytes();
  }

  /** Returns the item's size before or after, whichever is greater. */
  public int sizeBytes() {
    return Math.max(before.sizeBytes(), after.sizeBytes());
  }

  /** Returns the write units that the change costs. */
  public Cost cost() {
    if (indexes.isEmpty()) {
      return Cost.ofTable(tableUnits());
    }
    Map<IndexName, Double> local = new HashMap<>();
    Map<IndexName, Double> global = new HashMap<>();
    for (IndexChange change : indexes) {
      switch (change.index()) {
        case LocalIndex index -> local.put(index.name(), change.units());
        case GlobalIndex index -> global.put(index.name(), change.units());
      }
    }
    return new Cost(tableUnits(), local, global);
  }

  /** Returns the write units that the change costs the table itself. */
  double tableUnits() {
    return CapacityUnits.write(before.sizeBytes(), after.sizeBytes());
  }

  int imageBytes() {
    return image.map(Bytes::sizeBytes).orElse(0);
  }

  /** Returns the bytes of the rows to write. */
  long rowBytes() {
    long bytes = 0;
    for (Write write : writes) {
      bytes += bytes(write);
    }
    return bytes;
  }

  private static int bytes(Write write) {
    return switch (write) {
      case Write.Put put -> put.value().sizeBytes();
      case Write.Delete _ -> 0;
      case Write.Derive derived -> derived.value().map(Bytes::sizeBytes).orElse(0);
      case Write.Append append -> append.record().sizeBytes();
      case Write.Replicated replicated -> bytes(replicated.write());
    };
  }

  /** Returns the image that the write returns, as stored; empty when it returns none. */
  public Optional<Item> returned() {
    return image.map(ItemEncoding::ofStored);
  }
}
