package org.ostraka.storage.postgresql;

import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.ostraka.storage.RowKey;

/**
 * Lets one server's decisions on the same row take turns, so that they do not make each other run
 * again. The database does the same for decisions of all servers. Any thread.
 */
final class LocalLocks {
  private static final int STRIPES = 1_024;

  private final ReentrantLock[] stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

  /** Locks that one thread holds until it closes them. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  Held lock(Collection<RowKey> keys) {
    int[] taken = keys.stream().mapToInt(LocalLocks::stripe).sorted().distinct().toArray();
    for (int stripe : taken) {
      stripes[stripe].lock();
    }
    return () -> {
      for (int stripe : taken) {
        stripes[stripe].unlock();
      }
    };
  }

  private static int stripe(RowKey key) {
    return (int) Long.remainderUnsigned(StoredKey.lock(key) >>> 1, STRIPES);
  }
}
