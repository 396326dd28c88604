package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Direction;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/** Rows that are kept in memory are what the volume has, also while reads and writes meet. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class VolumeStoreCacheTest {
  private static final RowKey KEY = new RowKey(new Space(1), Bytes.of('p'), Bytes.of('s'));
  private static final Bytes OLD = Bytes.of(1);
  private static final Bytes NEW = Bytes.of(2);

  private final MeetingVolume volume = new MeetingVolume();
  private final VolumeStore store =
      new VolumeStore(
          volume,
          new HybridClock(InstantSource.system()),
          Thread.ofPlatform().factory(),
          _ -> {},
          64 << 10);

  /** A volume that does something once a value was read, or a batch is visible. */
  private static final class MeetingVolume implements Volume {
    private final MemoryVolume volume = new MemoryVolume(MemoryVolume.Steps.SOUND);
    private volatile Runnable afterReading = () -> {};
    private volatile Runnable afterCommit = () -> {};
    private final AtomicInteger readings = new AtomicInteger();

    @Override
    public byte @Nullable [] get(byte[] key) {
      byte[] value = volume.get(key);
      readings.incrementAndGet();
      Runnable once = afterReading;
      afterReading = () -> {};
      once.run();
      return value;
    }

    @Override
    public VolumeCursor scan(byte[] from, byte[] to, Direction direction, Wanted wanted) {
      return volume.scan(from, to, direction, wanted);
    }

    @Override
    public void commit(Batch batch) throws VolumeFullException {
      volume.commit(batch);
      afterCommit.run();
    }

    @Override
    public void close() {
      volume.close();
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aRowIsReadFromTheVolumeOnce() {
    put(OLD);
    assertThat(read()).contains(OLD);
    int before = volume.readings.get();
    assertThat(read()).contains(OLD);
    assertThat(store.read(List.of(KEY), Consistency.STRONG))
        .extracting(row -> row.map(Row::value))
        .containsExactly(Optional.of(OLD));
    assertThat(volume.readings.get()).isEqualTo(before);
  }

  @Test
  void aReadingThatAWriteOvertakesIsNotKept() {
    put(OLD);
    volume.afterReading = () -> put(NEW);
    assertThat(read()).contains(OLD);
    assertThat(read()).contains(NEW);
  }

  @Test
  void asSoonAsAWriteIsVisibleNobodyReadsWhatWasThereBefore() {
    put(OLD);
    assertThat(read()).contains(OLD);
    List<Optional<Bytes>> seen = new ArrayList<>();
    volume.afterCommit =
        () -> {
          seen.add(read());
          seen.add(read());
        };
    put(NEW);
    assertThat(seen).containsExactly(Optional.of(NEW), Optional.of(NEW));
    assertThat(read()).contains(NEW);
  }

  @Test
  void aRowThatIsKeptGoesWithItsSpace() {
    put(OLD);
    assertThat(read()).contains(OLD);
    store.drop(KEY.space());
    assertThat(read()).isEmpty();
  }

  private Optional<Bytes> read() {
    return store.read(KEY, Consistency.STRONG).map(Row::value);
  }

  private void put(Bytes value) {
    store.transact(List.of(KEY), _ -> new Verdict<>(value, List.of(new Write.Put(KEY, value))));
  }
}
