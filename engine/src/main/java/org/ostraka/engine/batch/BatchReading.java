package org.ostraka.engine.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.item.ItemRead;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;

/** The reading of the items of one BatchGetItem, until their size reaches the limit. One thread. */
final class BatchReading {
  /**
   * The greatest number of keys that are read together, so that no more than ten megabytes are read
   * that the answer cannot hold.
   */
  private static final int KEYS_AT_ONCE = 25;

  /** The number of keys to read first, to learn whether the items are large. */
  private static final int FIRST_KEYS = 10;

  private final Store store;
  private final Allowance allowance;
  private final Meter meter;
  private long sizeBytes;
  private long rowBytes;
  private boolean full;

  BatchReading(Store store, Allowance allowance, Meter meter) {
    this.store = store;
    this.allowance = allowance;
    this.meter = meter;
  }

  /**
   * The outcome of reading one table.
   *
   * @param items the items that were found
   * @param keys how many of the keys were looked up
   */
  record Part(List<Item> items, int keys) {}

  /** Reads the items of one table, as long as there is room for them. */
  Part read(List<ItemRead> reads, boolean consistent) {
    List<Item> found = new ArrayList<>();
    int done = 0;
    while (!full && done < reads.size()) {
      int most = done == 0 ? FIRST_KEYS : KEYS_AT_ONCE;
      List<ItemRead> next = reads.subList(done, Math.min(reads.size(), done + most));
      done += read(next, consistent, found);
    }
    return new Part(found, done);
  }

  private int read(List<ItemRead> reads, boolean consistent, List<Item> all) {
    List<RowKey> keys = reads.stream().map(ItemRead::key).toList();
    keys.forEach(allowance::expect);
    List<Optional<Row>> rows =
        store.read(keys, consistent ? Consistency.STRONG : Consistency.EVENTUAL);
    for (int i = 0; i < reads.size(); i++) {
      ItemRead.Found found = reads.get(i).found(rows.get(i));
      if (sizeBytes + found.sizeBytes() > Limits.BATCH_GET_BYTES || !hasRoom(found)) {
        full = true;
        return i;
      }
      allowance.found(keys.get(i), found.rowBytes());
      allowance.compute(found.rowBytes() / Allowance.READ_BYTES_PER_UNIT);
      sizeBytes += found.sizeBytes();
      reads.get(i).charge(meter, found, consistent);
      found.item(allowance).ifPresent(all::add);
    }
    return reads.size();
  }

  /**
   * Returns whether there is room for one more item. For the first item it waits until there is.
   */
  private boolean hasRoom(ItemRead.Found found) {
    rowBytes += found.rowBytes();
    if (rowBytes == found.rowBytes()) {
      allowance.holdAnswer(rowBytes);
      return true;
    }
    return allowance.tryHoldAnswer(rowBytes);
  }
}
