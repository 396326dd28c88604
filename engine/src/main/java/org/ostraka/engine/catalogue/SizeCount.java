package org.ostraka.engine.catalogue;

import java.util.concurrent.atomic.LongAdder;
import org.ostraka.model.TableSize;

/** A count of items and their bytes. Any thread. */
final class SizeCount {
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** Adds to the count. A write that replaces an item adds no item, and often no byte. */
  void add(long moreItems, long moreBytes) {
    add(items, moreItems);
    add(bytes, moreBytes);
  }

  private static void add(LongAdder count, long more) {
    if (more != 0) {
      count.add(more);
    }
  }

  /** Returns the current count, which is negative when more was removed than added. */
  TableSize size() {
    return new TableSize(items.sum(), bytes.sum());
  }
}
