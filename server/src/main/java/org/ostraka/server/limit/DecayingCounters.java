package org.ostraka.server.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts events by key in a table of fixed size. A count falls by one in each interval. When a part
 * of the table is full, the key with the smallest count is forgotten, so a flood of keys makes
 * others free and never counts for them. Any thread.
 *
 * <p>A count is kept as the time at which it will be zero (the generic cell rate algorithm, ITU-T
 * I.371), so that nothing has to run for it to fall.
 */
final class DecayingCounters {
  /** 65,536 keys, half a megabyte. */
  private static final int SETS = 1 << 14;

  private static final int KEYS_PER_SET = 4;
  private static final int TAG_BITS = 22;
  private static final long TIME_MASK = -1L >>> TAG_BITS;

  /** Made with the first event: most servers see none, and it is half a megabyte. */
  private final AtomicReference<@Nullable AtomicLongArray> table = new AtomicReference<>();

  private final long seed;
  private final long limitMillis;
  private final long intervalMillis;
  private final LongSupplier nanoClock;
  private final long startNanos;

  /**
   * Makes counters that are all zero.
   *
   * @param limit the count from which a key is no longer free
   * @param interval the time in which a count falls by one
   * @param nanoClock the clock, such as {@code System::nanoTime}
   * @param seed mixed into the hashes, so that nobody can choose keys that share a place
   */
  DecayingCounters(int limit, Duration interval, LongSupplier nanoClock, long seed) {
    this.intervalMillis = interval.toMillis();
    this.limitMillis = limit * intervalMillis;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.seed = seed;
  }

  /** Returns whether the count of a key is below the limit. */
  boolean isFree(long key) {
    AtomicLongArray entries = table.get();
    if (entries == null) {
      return true;
    }
    long hash = hash(key);
    int first = firstOf(hash);
    for (int i = first; i < first + KEYS_PER_SET; i++) {
      long entry = entries.get(i);
      if (tag(entry) == tag(hash)) {
        return zeroAt(entry) - nowMillis() <= limitMillis - intervalMillis;
      }
    }
    return true;
  }

  /**
   * Adds one to the count of a key. A count stops at the limit, so that a key is free again soon.
   */
  void add(long key) {
    AtomicLongArray entries = entries();
    long hash = hash(key);
    long now = nowMillis();
    boolean done = false;
    while (!done) {
      int place = place(entries, hash);
      long entry = entries.get(place);
      long zeroAt = tag(entry) == tag(hash) ? Math.max(now, zeroAt(entry)) : now;
      long next = Math.min(zeroAt + intervalMillis, now + limitMillis);
      done = entries.compareAndSet(place, entry, (tag(hash) << (Long.SIZE - TAG_BITS)) | next);
    }
  }

  private AtomicLongArray entries() {
    AtomicLongArray entries = table.get();
    if (entries != null) {
      return entries;
    }
    AtomicLongArray empty = new AtomicLongArray(SETS * KEYS_PER_SET);
    AtomicLongArray other = table.compareAndExchange(null, empty);
    return other == null ? empty : other;
  }

  /** Returns where the key is, or the place of the smallest count. */
  private static int place(AtomicLongArray entries, long hash) {
    int first = firstOf(hash);
    int smallest = first;
    for (int i = first; i < first + KEYS_PER_SET; i++) {
      if (tag(entries.get(i)) == tag(hash)) {
        return i;
      }
      if (zeroAt(entries.get(i)) < zeroAt(entries.get(smallest))) {
        smallest = i;
      }
    }
    return smallest;
  }

  /** Mixes as SplittableRandom does. */
  private long hash(long key) {
    long z = key ^ seed;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static int firstOf(long hash) {
    return (int) (hash & (SETS - 1)) * KEYS_PER_SET;
  }

  private static long tag(long bits) {
    return bits >>> (Long.SIZE - TAG_BITS);
  }

  private static long zeroAt(long entry) {
    return entry & TIME_MASK;
  }

  /** Returns the time since the start, plus one: a place whose time is zero is empty. */
  private long nowMillis() {
    return (nanoClock.getAsLong() - startNanos) / 1_000_000 + 1;
  }
}
