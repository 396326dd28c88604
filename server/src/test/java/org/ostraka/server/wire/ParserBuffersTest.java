package org.ostraka.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.core.util.BufferRecycler;

/** Buffers are kept, and no two parsers have the same ones at a time. */
final class ParserBuffersTest {
  private final ParserBuffers pool = new ParserBuffers();

  @Test
  void buffersThatWereReleasedAreUsedAgain() {
    BufferRecycler first = pool.acquirePooled();
    assertThat(pool.pooledCount()).isZero();
    pool.releasePooled(first);
    assertThat(pool.pooledCount()).isEqualTo(1);
    assertThat(pool.acquirePooled()).isSameAs(first);
    assertThat(pool.acquirePooled()).isNotSameAs(first);
  }

  @Test
  void nothingIsLeftWhenThePoolIsCleared() {
    BufferRecycler first = pool.acquirePooled();
    pool.releasePooled(first);
    assertThat(pool.clear()).isTrue();
    assertThat(pool.pooledCount()).isZero();
    assertThat(pool.acquirePooled()).isNotSameAs(first);
  }

  /** More threads than there are places, so that several share each place. */
  @Test
  void noTwoThreadsHaveTheSameBuffers() throws Exception {
    int threads = 4 * Runtime.getRuntime().availableProcessors();
    Set<BufferRecycler> inUse = ConcurrentHashMap.newKeySet();
    try (ExecutorService running = Executors.newFixedThreadPool(threads)) {
      Future<?>[] all = new Future<?>[threads];
      for (int thread = 0; thread < threads; thread++) {
        all[thread] =
            running.submit(() -> {
              for (int i = 0; i < 20_000; i++) {
                BufferRecycler buffers = pool.acquirePooled();
                assertThat(inUse.add(buffers)).isTrue();
                assertThat(inUse.remove(buffers)).isTrue();
                pool.releasePooled(buffers);
              }
            });
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }
}
