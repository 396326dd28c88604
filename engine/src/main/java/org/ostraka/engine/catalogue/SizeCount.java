package org.ostraka.engine.catalogue;

import java.util.concurrent.atomic.LongAdder;
import org.ostraka.model.TableSize;

/** Counts items and their bytes. Any thread. */
final class SizeCount {
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  void add(long moreItems, long moreBytes) {
    items.add(moreItems);
    bytes.add(moreBytes);
  }

  /** Returns the count now: less than nothing when more was removed than added. */
  TableSize size() {
    return new TableSize(items.sum(), bytes.sum());
  }
}
