package org.ostraka.engine.insight;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.ostraka.engine.insight.HotKeys.ItemKeyBytes;
import org.ostraka.engine.insight.KeySketch.Counts;
import org.ostraka.model.Bytes;

/**
 * Counts how much falls on which partition and item, in several stripes with sketches of their own,
 * so that requests do not wait for each other. Any thread.
 *
 * <p>A request takes the first stripe that is free. It waits only when none is, which needs more
 * threads at once than there are stripes. Everything is counted in a stripe before {@link #add}
 * returns, and a report reads all stripes.
 */
final class StripedKeySketch {
  private final Stripe[] stripes;

  /**
   * Begins to count.
   *
   * @param stripes their number, a power of two
   */
  StripedKeySketch(int stripes, long windowNanos, long now) {
    if (Integer.bitCount(stripes) != 1) {
      throw new IllegalArgumentException(stripes + " is not a power of two");
    }
    this.stripes = new Stripe[stripes];
    for (int i = 0; i < stripes; i++) {
      this.stripes[i] = new Stripe(windowNanos, now);
    }
  }

  /** Adds to the count of a partition, and of an item where there is one. */
  void add(Bytes partition, Optional<Bytes> sort, long count, long now) {
    int mask = stripes.length - 1;
    int first = (int) Thread.currentThread().threadId() & mask;
    for (int i = 0; i < stripes.length; i++) {
      if (stripes[(first + i) & mask].addIfFree(partition, sort, count, now)) {
        return;
      }
    }
    stripes[first].add(partition, sort, count, now);
  }

  /** Returns what fell on partitions. */
  Counts<Bytes> partitions(long now) {
    return sum(stripe -> stripe.partitions(now));
  }

  /** Returns what fell on items. */
  Counts<ItemKeyBytes> items(long now) {
    return sum(stripe -> stripe.items(now));
  }

  private <K> Counts<K> sum(Function<Stripe, Counts<K>> counts) {
    Counts<K> sum = counts.apply(stripes[0]);
    for (int i = 1; i < stripes.length; i++) {
      sum = sum.plus(counts.apply(stripes[i]));
    }
    return sum;
  }

  private static final class Stripe {
    private final ReentrantLock lock = new ReentrantLock();
    private final KeySketch<Bytes> partitions;
    private final KeySketch<ItemKeyBytes> items;

    Stripe(long windowNanos, long now) {
      this.partitions = new KeySketch<>(windowNanos, now);
      this.items = new KeySketch<>(windowNanos, now);
    }

    boolean addIfFree(Bytes partition, Optional<Bytes> sort, long count, long now) {
      if (!lock.tryLock()) {
        return false;
      }
      try {
        update(partition, sort, count, now);
      } finally {
        lock.unlock();
      }
      return true;
    }

    void add(Bytes partition, Optional<Bytes> sort, long count, long now) {
      lock.lock();
      try {
        update(partition, sort, count, now);
      } finally {
        lock.unlock();
      }
    }

    private void update(Bytes partition, Optional<Bytes> sort, long count, long now) {
      partitions.add(partition, count, now);
      if (sort.isPresent()) {
        items.add(new ItemKeyBytes(partition, sort.get()), count, now);
      }
    }

    Counts<Bytes> partitions(long now) {
      lock.lock();
      try {
        return partitions.counts(now);
      } finally {
        lock.unlock();
      }
    }

    Counts<ItemKeyBytes> items(long now) {
      lock.lock();
      try {
        return items.counts(now);
      } finally {
        lock.unlock();
      }
    }
  }
}
