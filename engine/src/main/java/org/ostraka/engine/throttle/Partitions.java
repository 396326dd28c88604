package org.ostraka.engine.throttle;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The partitions of a table or an index: ranges of hashes, from the lowest to the highest. Reading
 * is for any thread, splitting for one at a time.
 */
final class Partitions {
  private volatile Partition[] all;

  /** Makes partitions of the same width. */
  Partitions(int count, long now) {
    this.all = new Partition[] {new Partition(0, -1, now)};
    atLeast(count, now);
  }

  int count() {
    return all.length;
  }

  /** Returns the partition of a hash. */
  Partition of(long hash) {
    Partition[] ranges = all;
    int low = 0;
    int high = ranges.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (Long.compareUnsigned(ranges[middle].from(), hash) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return ranges[low];
  }

  Partition at(int index) {
    Partition[] ranges = all;
    return ranges[Math.min(index, ranges.length - 1)];
  }

  /** Splits the widest partitions in half until there are this many. */
  void atLeast(int count, long now) {
    while (all.length < count) {
      Partition widest = all[0];
      for (Partition each : all) {
        if (Long.compareUnsigned(each.to() - each.from(), widest.to() - widest.from()) > 0) {
          widest = each;
        }
      }
      long middle = widest.from() + Long.divideUnsigned(widest.to() - widest.from(), 2) + 1;
      split(widest, middle, now);
    }
  }

  /** Ends a minute: splits partitions that are hot where their traffic has its middle. */
  void endMinute(long now) {
    for (Partition each : all) {
      OptionalLong middle = each.endMinute();
      if (middle.isPresent()) {
        split(each, middle.getAsLong(), now);
      }
    }
  }

  private void split(Partition whole, long middle, long now) {
    List<Partition> ranges = new ArrayList<>();
    for (Partition each : all) {
      if (each == whole) {
        ranges.add(new Partition(each.from(), middle - 1, now));
        ranges.add(new Partition(middle, each.to(), now));
      } else {
        ranges.add(each);
      }
    }
    all = ranges.toArray(Partition[]::new);
  }
}
