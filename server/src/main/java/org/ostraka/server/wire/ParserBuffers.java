package org.ostraka.server.wire;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.RecyclerPool;

/**
 * Keeps the buffers of parsers between requests. Any thread.
 *
 * <p>A thread looks in one place only, which its number picks, and makes new buffers when that is
 * empty. Of Jackson's own pools for virtual threads, one is a queue that all threads change, and
 * one has a lock. There are more places than processors, and at most twice as many: a parser never
 * waits, so more are rarely needed at once, and few buffers stay in the processors' caches.
 */
final class ParserBuffers implements RecyclerPool<BufferRecycler> {
  private static final long serialVersionUID = 1;
  private static final int PLACES =
      2 * Integer.highestOneBit(Runtime.getRuntime().availableProcessors());

  private final transient AtomicReferenceArray<@Nullable BufferRecycler> places =
      new AtomicReferenceArray<>(PLACES);

  @Override
  public BufferRecycler acquirePooled() {
    BufferRecycler kept = places.getAndSet(place(), null);
    return kept == null ? new BufferRecycler() : kept;
  }

  /** Keeps buffers, instead of those that another thread has brought meanwhile. */
  @Override
  public void releasePooled(BufferRecycler buffers) {
    places.setRelease(place(), buffers);
  }

  @Override
  public int pooledCount() {
    int count = 0;
    for (int place = 0; place < PLACES; place++) {
      count += places.get(place) == null ? 0 : 1;
    }
    return count;
  }

  @Override
  public boolean clear() {
    for (int place = 0; place < PLACES; place++) {
      places.set(place, null);
    }
    return true;
  }

  private static int place() {
    return (int) Thread.currentThread().threadId() & (PLACES - 1);
  }
}
