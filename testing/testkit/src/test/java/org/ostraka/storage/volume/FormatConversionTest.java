package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Version;
import org.ostraka.storage.Write;

/** A volume of data format 2 has the same rows and records in format 3, whatever cuts it short. */
final class FormatConversionTest {
  private static final LogId LOG = new LogId(new Space(3));
  private static final int ROWS = 40;

  /** So large that a few fill a batch. */
  private static final int VALUE_BYTES = 900_000;

  private final Map<RowKey, Bytes> rows = new HashMap<>();
  private final List<Bytes> records = List.of(Bytes.of(1), Bytes.EMPTY, Bytes.of(3, 3));

  FormatConversionTest() {
    for (int i = 0; i < ROWS; i++) {
      byte[] value = new byte[i % 4 == 0 ? VALUE_BYTES : i];
      value[value.length - 1] = (byte) i;
      rows.put(new RowKey(new Space(1 + i % 2), Bytes.of(i), Bytes.of(i, i)), Bytes.wrap(value));
    }
  }

  @Test
  void rowsAndRecordsAreWhatTheyWere() throws Exception {
    MemoryVolume volume = volume(MemoryVolume.Steps.SOUND);
    FormatConversion.Result result = FormatConversion.run(volume);
    FormatConversion.forget(volume);

    assertThat(result).isEqualTo(new FormatConversion.Result(ROWS + records.size(), 0));
    assertConverted(volume);
  }

  @Test
  void conversionThatIsCutShortAtAnyStepGoesOn() throws Exception {
    int step = 0;
    boolean failed = true;
    while (failed) {
      step++;
      AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
      MemoryVolume volume = volume(_ -> failWhenNoneIsLeft(left));
      left.set(step);
      failed = !ran(volume);
      for (int kept = 0; kept <= 1; kept++) {
        MemoryVolume survivor = volume.afterCrash(kept, MemoryVolume.Steps.SOUND);
        FormatConversion.run(survivor);
        FormatConversion.forget(survivor);
        assertConverted(survivor);
      }
    }
    assertThat(step).as("steps that were cut short").isGreaterThan(5);
  }

  @Test
  void conversionThatIsCompleteConvertsNothingTwice() throws Exception {
    MemoryVolume volume = volume(MemoryVolume.Steps.SOUND);
    FormatConversion.run(volume);
    assertThat(FormatConversion.run(volume)).isEqualTo(new FormatConversion.Result(0, 0));
    FormatConversion.forget(volume);
    assertConverted(volume);
  }

  @Test
  void fullVolumeEndsTheConversionAndItGoesOnWhenThereIsRoom() throws Exception {
    AtomicInteger writes = new AtomicInteger(Integer.MAX_VALUE);
    MemoryVolume volume =
        volume(step -> {
          if (step == MemoryVolume.Step.WRITE && writes.decrementAndGet() < 0) {
            throw new VolumeFullException("no room");
          }
        });
    writes.set(2);
    assertThatThrownBy(() -> FormatConversion.run(volume)).isInstanceOf(VolumeFullException.class);
    writes.set(Integer.MAX_VALUE);
    FormatConversion.run(volume);
    FormatConversion.forget(volume);
    assertConverted(volume);
  }

  @Test
  void damagedRowStaysDamaged() throws Exception {
    MemoryVolume volume = volume(MemoryVolume.Steps.SOUND);
    RowKey key = rows.keySet().iterator().next();
    byte[] storedKey = StoredKey.of(key);
    byte[] damaged = volume.get(storedKey).clone();
    damaged[0] ^= 1;
    Batch batch = new Batch();
    batch.put(storedKey, damaged);
    volume.commit(batch);

    assertThat(FormatConversion.run(volume))
        .isEqualTo(new FormatConversion.Result(ROWS + records.size() - 1L, 1));
    try (VolumeStore store = open(volume)) {
      assertThatThrownBy(() -> store.read(key, Consistency.STRONG))
          .isInstanceOf(CorruptDataException.class);
    }
  }

  private MemoryVolume volume(MemoryVolume.Steps steps) throws VolumeFullException {
    MemoryVolume volume = new MemoryVolume(steps);
    FormatTwo.write(volume, rows, LOG, records);
    return volume;
  }

  private static void failWhenNoneIsLeft(AtomicInteger left) {
    if (left.decrementAndGet() == 0) {
      throw new StorageFailedException("a step failed");
    }
  }

  /** Returns whether the conversion came to its end. */
  private static boolean ran(Volume volume) throws VolumeFullException {
    try {
      FormatConversion.run(volume);
      return true;
    } catch (StorageException _) {
      return false;
    }
  }

  private void assertConverted(MemoryVolume volume) {
    try (VolumeStore store = open(volume)) {
      rows.forEach((key, value) ->
          assertThat(store.read(key, Consistency.STRONG))
              .contains(new Row(key, value, Version.ZERO)));
      assertThat(store.readLog(LOG, Position.START, 10, Long.MAX_VALUE).records())
          .extracting(LogRecord::value)
          .isEqualTo(records);
      store.check(problem -> {
        throw new AssertionError(problem);
      });
      RowKey key = rows.keySet().iterator().next();
      store.transact(
          List.of(key), _ -> new Verdict<>("", List.of(new Write.Put(key, Bytes.of(9)))));
      assertThat(store.read(key, Consistency.STRONG).orElseThrow().version())
          .isGreaterThan(Version.ZERO);
    }
  }

  private static VolumeStore open(Volume volume) {
    return new VolumeStore(volume, new HybridClock(InstantSource.system()), Thread::new, _ -> {});
  }
}
