package org.ostraka.engine.load;

import java.util.concurrent.atomic.AtomicLongArray;
import org.ostraka.storage.RowKey;

/**
 * A memory of large rows, and of the work that requests on them were. A request that names such
 * rows goes to a platform thread before it reads them, since even reading megabytes keeps a shared
 * thread too long. It may forget a row, and seldom takes a row for another one: the request then
 * runs on the other kind of thread. Any thread.
 */
public final class HeavyRows {
  /** Rows with fewer bytes are not remembered. */
  static final int LARGE_BYTES = 32 * 1024;

  /** A power of two. */
  private static final int SLOTS = 1 << 14;

  private static final long HIGH_BITS = 0xFFFF_FFFFL << Integer.SIZE;
  private static final long LOW_BITS = 0xFFFF_FFFFL;
  private static final int SPREAD = 0x9E37_79B9;

  /** For each slot the hash of a row's key in the high bits, and its work in the low bits. */
  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  /** Whether any row was ever remembered: most servers have no large rows. */
  private volatile boolean used;

  /** Returns the remembered work of requests on a row; 0 for a row that is not remembered. */
  int work(RowKey key) {
    return used ? remembered(hash(key)) : 0;
  }

  private int remembered(int hash) {
    long slot = slots.getPlain(place(hash));
    return (slot & HIGH_BITS) == high(hash) ? (int) slot : 0;
  }

  /** Remembers the work of requests on a row, instead of that of another row in its slot. */
  void remember(RowKey key, int units) {
    int hash = hash(key);
    if (remembered(hash) != units) {
      used = true;
      slots.setPlain(place(hash), high(hash) | (units & LOW_BITS));
    }
  }

  private static int hash(RowKey key) {
    int hash = key.hashCode() * SPREAD;
    return hash ^ (hash >>> 15);
  }

  private static int place(int hash) {
    return hash & (SLOTS - 1);
  }

  private static long high(int hash) {
    return (long) hash << Integer.SIZE;
  }
}
