package org.ostraka.engine.catalogue;

import java.util.concurrent.atomic.LongAdder;
import org.ostraka.model.TableSize;

/** A count of items and their bytes. Any thread. */
final class SizeCount {
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  void add(long moreItems, long moreBytes) {
    items.add(moreItems);
    bytes.add(moreBytes);
  }

  /** Returns the current count, which is negative when more was removed than added. */
  TableSize size() {
    return new TableSize(items.sum(), bytes.sum());
  }
}
