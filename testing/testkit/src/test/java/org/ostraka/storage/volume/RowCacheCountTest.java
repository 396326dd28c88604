package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Version;
import org.ostraka.testkit.random.RandomCase;

/** The cache counts its bytes correctly when rows share a slot: a wrong count would empty it. */
final class RowCacheCountTest {
  /** Room for four slots, which many rows share. */
  private static final long BYTES = 1024;

  private static final int KEYS = 32;
  private static final int READERS = 3;
  private static final int GROUPS = 100_000;
  private static final int GROUP_ROWS = 6;
  private static final VersionedValue CONTENT = new VersionedValue(Version.ZERO, Bytes.of(1, 2, 3));

  private final RowCache cache = new RowCache(BYTES);
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void nothingIsLeftOfTheCountWhenNothingIsKept(TestInfo test) throws Exception {
    RandomCase cases = RandomCase.of(test);
    try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        RandomGenerator random = cases.branch(i);
        readers.add(threads.submit(() -> read(random)));
      }
      write(cases.branch(READERS));
      over.set(true);
      for (Future<?> reader : readers) {
        reader.get();
      }
    }
    cache.clear();
    assertThat(cache.sizeBytes()).isZero();
  }

  private void read(RandomGenerator random) {
    while (!over.get()) {
      Bytes key = key(random);
      cache.end(cache.begin(key), key, CONTENT);
    }
  }

  /** Writes groups of rows, several of which may share a slot. */
  private void write(RandomGenerator random) {
    for (int i = 0; i < GROUPS; i++) {
      List<Bytes> group = Stream.generate(() -> key(random)).limit(GROUP_ROWS).distinct().toList();
      cache.close(group);
      group.forEach(key -> cache.open(key, CONTENT));
    }
  }

  private static Bytes key(RandomGenerator random) {
    String text = "row " + random.nextInt(KEYS);
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
