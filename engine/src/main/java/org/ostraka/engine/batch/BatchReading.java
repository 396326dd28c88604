package org.ostraka.engine.batch;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.capacity.TableUnits;
import org.ostraka.engine.item.ItemRead;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;

/** The items of one BatchGetItem being read, until they are too many bytes. One thread. */
final class BatchReading {
  /**
   * Keys that are read together, at most: so no more than ten megabytes are read that the answer
   * cannot hold.
   */
  private static final int KEYS_AT_ONCE = 25;

  private final Store store;
  private final TableUnits units = new TableUnits();
  private long sizeBytes;
  private boolean full;

  BatchReading(Store store) {
    this.store = store;
  }

  /**
   * What was read of a table.
   *
   * @param items the items that were found
   * @param keys how many of the keys were looked up
   */
  record Part(List<Item> items, int keys) {}

  /** Reads the items of one table, as long as there is room for them. */
  Part read(List<ItemRead> reads, boolean consistent) {
    List<ItemRead.Found> found = new ArrayList<>();
    int done = 0;
    while (!full && done < reads.size()) {
      List<ItemRead> next = reads.subList(done, Math.min(reads.size(), done + KEYS_AT_ONCE));
      done += read(next, consistent, found);
    }
    return new Part(decodedLater(found), done);
  }

  /** Items that take the room of their bytes until each is asked for. */
  private static List<Item> decodedLater(List<ItemRead.Found> found) {
    return new AbstractList<>() {
      @Override
      public Item get(int index) {
        return found.get(index).item().orElseThrow();
      }

      @Override
      public int size() {
        return found.size();
      }
    };
  }

  TableUnits units() {
    return units;
  }

  private int read(List<ItemRead> reads, boolean consistent, List<ItemRead.Found> all) {
    List<RowKey> keys = reads.stream().map(ItemRead::key).toList();
    List<Optional<Row>> rows =
        store.read(keys, consistent ? Consistency.STRONG : Consistency.EVENTUAL);
    for (int i = 0; i < reads.size(); i++) {
      ItemRead.Found found = reads.get(i).found(rows.get(i));
      if (sizeBytes + found.sizeBytes() > Limits.BATCH_GET_BYTES) {
        full = true;
        return i;
      }
      sizeBytes += found.sizeBytes();
      units.add(reads.get(i).table(), found.units(consistent));
      if (found.row().isPresent()) {
        all.add(found);
      }
    }
    return reads.size();
  }
}
