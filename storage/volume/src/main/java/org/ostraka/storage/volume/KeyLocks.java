package org.ostraka.storage.volume;

import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;
import org.ostraka.model.Bytes;

/** Locks for keys, a fixed number of them shared by all keys. Any thread. */
final class KeyLocks {
  /** Enough that two of a few hundred concurrent keys seldom share one; a power of two. */
  private static final int STRIPES = 4_096;

  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

  KeyLocks() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  /**
   * Waits for the locks of all keys, always in the same order, so that no two callers wait for each
   * other.
   */
  Held lock(Collection<Bytes> keys) {
    if (keys.size() == 1) {
      ReentrantLock only = stripes[stripe(keys.iterator().next())];
      only.lock();
      return only::unlock;
    }
    int[] wanted = keys.stream().mapToInt(KeyLocks::stripe).sorted().distinct().toArray();
    for (int stripe : wanted) {
      stripes[stripe].lock();
    }
    return () -> {
      for (int i = wanted.length - 1; i >= 0; i--) {
        stripes[wanted[i]].unlock();
      }
    };
  }

  private static int stripe(Bytes key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(STRIPES));
  }

  /** Locks that are held until this is closed, by the thread that took them. */
  @FunctionalInterface
  interface Held extends AutoCloseable {
    @Override
    void close();
  }
}
