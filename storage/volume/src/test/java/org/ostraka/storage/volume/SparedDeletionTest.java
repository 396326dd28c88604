package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Direction;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/** A full disk refuses what takes room, and not the deletions that were to share its commit. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SparedDeletionTest {
  private static final Space TABLE = new Space(1);
  private static final RowKey FIRST = key(TABLE, 'a');
  private static final RowKey KEY = key(TABLE, 'b');
  private static final RowKey OTHER = key(TABLE, 'c');
  private static final RowKey RECORD = key(new Space(0), 'd');
  private static final Bytes SMALL = Bytes.of(1);
  private static final Bytes LARGE = Bytes.wrap(new byte[1_000]);

  private final HeldSync sync = new HeldSync();
  private final FillingVolume volume = new FillingVolume(new MemoryVolume(sync));
  private final VolumeStore store =
      new VolumeStore(
          volume,
          new HybridClock(InstantSource.system()),
          Thread.ofPlatform().factory(),
          failure -> {
            throw new AssertionError(failure);
          });

  @AfterEach
  void close() {
    sync.release(Optional.empty());
    store.close();
  }

  @Test
  void aDeletionIsCommittedWithoutThePutThatItWaitedWith() {
    existing(OTHER);
    Call<Boolean> first = startOnEmptyDisk();
    Call<Boolean> put = call(new Write.Put(KEY, LARGE));
    Call<Boolean> delete = call(new Write.Delete(OTHER));
    Call<Boolean> record = call(new Write.Put(RECORD, SMALL));
    Call<Boolean> later = call(new Write.Put(key(TABLE, 'e'), SMALL));
    fillUp();

    assertThat(first.result()).isTrue();
    assertThat(delete.result()).isTrue();
    assertThat(record.result()).isTrue();
    assertThat(put.failure()).isInstanceOf(StorageFailedException.class).hasMessage("full");
    assertThat(later.failure()).isInstanceOf(StorageFailedException.class).hasMessage("full");
    assertThat(store.read(OTHER, Consistency.STRONG)).isEmpty();
    assertThat(store.read(RECORD, Consistency.STRONG)).isPresent();
    assertThat(store.read(KEY, Consistency.STRONG)).isEmpty();
  }

  @Test
  void aWriteThatPutsMoreThanItDeletesIsRefusedAndOneThatPutsLittleBesideIsNot() {
    RowKey long1 = new RowKey(TABLE, Bytes.wrap(new byte[1_000]), Bytes.of('x'));
    RowKey long2 = new RowKey(TABLE, Bytes.wrap(new byte[1_000]), Bytes.of('y'));
    existing(KEY);
    existing(long1);
    Call<Boolean> first = startOnEmptyDisk();
    Call<Boolean> more = call(new Write.Delete(KEY), new Write.Put(OTHER, LARGE));
    Call<Boolean> little = call(new Write.Delete(long1), new Write.Put(long2, SMALL));
    fillUp();

    assertThat(first.result()).isTrue();
    assertThat(more.failure()).hasMessage("full");
    assertThat(little.result()).isTrue();
    assertThat(store.read(KEY, Consistency.STRONG)).isPresent();
    assertThat(store.read(long1, Consistency.STRONG)).isEmpty();
    assertThat(store.read(long2, Consistency.STRONG)).isPresent();
  }

  @Test
  void aDeletionThatSawARefusedPutIsRefusedAsWell() {
    existing(KEY);
    Call<Boolean> first = startOnEmptyDisk();
    Call<Boolean> put = call(new Write.Put(KEY, LARGE));
    Call<Boolean> delete =
        new Call<>(() ->
            store.transact(
                List.of(KEY),
                rows -> {
                  boolean large = rows.row(KEY).orElseThrow().value().equals(LARGE);
                  return new Verdict<>(large, List.of(new Write.Delete(KEY)));
                }));
    delete.awaitStandstill();
    fillUp();

    assertThat(first.result()).isTrue();
    assertThat(put.failure()).hasMessage("full");
    assertThat(delete.failure()).hasMessage("full");
    assertThat(store.read(KEY, Consistency.STRONG)).isPresent();
  }

  @Test
  void aDeletionBeneathARefusedPutComesToLightAgain() {
    existing(OTHER);
    Call<Boolean> first = startOnEmptyDisk();
    Call<Boolean> delete = call(new Write.Delete(OTHER));
    Call<Boolean> put = call(new Write.Put(OTHER, LARGE));
    volume.holdBeforeCommit = new CountDownLatch(1);
    fillUp();

    assertThat(first.result()).isTrue();
    assertThat(put.failure()).hasMessage("full");
    Call<Boolean> look =
        new Call<>(() ->
            store.transact(
                List.of(OTHER), rows -> new Verdict<>(rows.row(OTHER).isPresent(), List.of())));
    look.awaitStandstill();
    volume.holdBeforeCommit.countDown();
    assertThat(look.result()).as("whether the row is still there").isFalse();
    assertThat(delete.result()).isTrue();
  }

  private void existing(RowKey key) {
    sync.release(Optional.empty());
    store.transact(List.of(key), _ -> new Verdict<>(true, List.of(new Write.Put(key, SMALL))));
    sync.hold();
  }

  /** A commit that is held up, so that those after it gather. */
  private Call<Boolean> startOnEmptyDisk() {
    Call<Boolean> first = call(new Write.Put(FIRST, SMALL));
    sync.awaitReached();
    return first;
  }

  private void fillUp() {
    volume.full = true;
    sync.release(Optional.empty());
  }

  private Call<Boolean> call(Write... writes) {
    List<RowKey> keys = Stream.of(writes).map(SparedDeletionTest::keyOf).toList();
    Call<Boolean> call =
        new Call<>(() -> store.transact(keys, _ -> new Verdict<>(true, List.of(writes))));
    call.awaitStandstill();
    return call;
  }

  private static RowKey keyOf(Write write) {
    return switch (write) {
      case Write.Put put -> put.key();
      case Write.Delete delete -> delete.key();
      default -> throw new IllegalArgumentException("no other write is needed here");
    };
  }

  private static RowKey key(Space space, char partition) {
    return new RowKey(space, Bytes.of(partition), Bytes.of('s'));
  }

  /** A volume that takes only what makes room, from some moment on. */
  private static final class FillingVolume implements Volume {
    private final MemoryVolume volume;
    private volatile boolean full;
    private volatile CountDownLatch holdBeforeCommit = new CountDownLatch(0);

    FillingVolume(MemoryVolume volume) {
      this.volume = volume;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      return volume.get(key);
    }

    @Override
    public VolumeCursor scan(byte[] from, byte[] to, Direction direction, Wanted wanted) {
      return volume.scan(from, to, direction, wanted);
    }

    @Override
    public void commit(Batch batch) throws VolumeFullException {
      if (full && !batch.makesRoom()) {
        throw new VolumeFullException("full");
      }
      awaitRelease();
      volume.commit(batch);
    }

    private void awaitRelease() {
      try {
        holdBeforeCommit.await();
      } catch (InterruptedException interrupted) {
        throw new AssertionError("nobody released the commit", interrupted);
      }
    }

    @Override
    public void close() {
      volume.close();
    }
  }
}
