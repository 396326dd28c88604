package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A batch becomes visible, and survives a crash, as a whole. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MemoryVolumeTest {
  private static final int KEYS = 2_000;
  private static final int BATCHES = 100;

  @Test
  void whoHasSeenAPartOfABatchSeesTheRest() throws Exception {
    MemoryVolume volume = new MemoryVolume(MemoryVolume.Steps.SOUND);
    volume.commit(batch(0));
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> writer = threads.submit(() -> writeAll(volume));
      while (!writer.isDone()) {
        int first = value(volume, 0);
        int last = value(volume, KEYS - 1);
        assertThat(last).isGreaterThanOrEqualTo(first);
      }
      writer.get();
    }
  }

  @Test
  void crashKeepsWholeBatches() throws Exception {
    MemoryVolume volume = new MemoryVolume(MemoryVolume.Steps.SOUND);
    volume.commit(batch(0));
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> writer = threads.submit(() -> writeAll(volume));
      while (!writer.isDone()) {
        MemoryVolume survivor = volume.afterCrash(0, MemoryVolume.Steps.SOUND);
        assertThat(value(survivor, KEYS - 1)).isEqualTo(value(survivor, 0));
      }
      writer.get();
    }
  }

  private static Object writeAll(MemoryVolume volume) throws VolumeFullException {
    for (int i = 1; i <= BATCHES; i++) {
      volume.commit(batch(i));
    }
    return BATCHES;
  }

  private static Batch batch(int value) {
    Batch batch = new Batch();
    for (int key = 0; key < KEYS; key++) {
      batch.put(bytes(key), bytes(value));
    }
    return batch;
  }

  private static int value(MemoryVolume volume, int key) {
    byte[] value = volume.get(bytes(key));
    assertThat(value).isNotNull();
    return ByteBuffer.wrap(value).getInt();
  }

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }
}
