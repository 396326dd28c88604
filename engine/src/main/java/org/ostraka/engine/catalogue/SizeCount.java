package org.ostraka.engine.catalogue;

import java.util.concurrent.atomic.LongAdder;
import org.ostraka.model.TableSize;

/** Counts items and their bytes. Any thread. */
final class SizeCount {
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  SizeCount(TableSize start) {
    add(start.itemCount(), start.sizeBytes());
  }

  void add(long moreItems, long moreBytes) {
    items.add(moreItems);
    bytes.add(moreBytes);
  }

  /**
   * The count now, which a kill may have left behind what it should be; less than nothing when what
   * is gone was counted elsewhere.
   */
  TableSize size() {
    return new TableSize(items.sum(), bytes.sum());
  }
}
