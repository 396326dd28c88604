package org.ostraka.transfer;

import java.util.ArrayList;
import java.util.List;
import org.ostraka.model.Item;
import org.ostraka.transfer.wire.ErrorLines;

/** Records of an object that are written together. One thread until it is handed over. */
final class ImportBatch {
  /** The maximum number of items that are written together. */
  private static final int MAX_ITEMS = 256;

  /** The bytes of items after which no further item is added. */
  private static final long MAX_BYTES = 1 << 20;

  /** An item, and its place in the object. */
  record Placed(long index, Item item) {}

  private final String bucket;
  private final String key;
  private final List<Placed> items = new ArrayList<>();
  private final List<ErrorLines.Line> refused = new ArrayList<>();
  private long end;
  private long itemBytes;
  private long readBytes;

  /**
   * Begins a batch.
   *
   * @param start the place of its first record
   */
  ImportBatch(String bucket, String key, long start) {
    this.bucket = bucket;
    this.key = key;
    this.end = start;
  }

  void add(Item item) {
    items.add(new Placed(end, item));
    itemBytes += item.sizeBytes();
    end++;
  }

  /** Adds the next record, which is no item. */
  void refuse(List<String> problems) {
    refuse(end, problems);
    end++;
  }

  private void refuse(long index, List<String> problems) {
    refused.add(new ErrorLines.Line(bucket, key, index, problems));
  }

  /** Notes that an item of the batch was refused. */
  void refuse(Placed item, String problem) {
    refuse(item.index(), List.of(problem));
  }

  boolean isFull() {
    return items.size() >= MAX_ITEMS || itemBytes >= MAX_BYTES || refused.size() >= MAX_ITEMS;
  }

  List<Placed> items() {
    return items;
  }

  /** Returns what was refused, in the order of the object. */
  List<ErrorLines.Line> refused() {
    return refused.stream()
        .sorted(java.util.Comparator.comparingLong(ErrorLines.Line::index))
        .toList();
  }

  /** Returns the place after its last record. */
  long end() {
    return end;
  }

  /** Sets the bytes that were read for it. */
  void read(long bytes) {
    readBytes = bytes;
  }

  long readBytes() {
    return readBytes;
  }
}
