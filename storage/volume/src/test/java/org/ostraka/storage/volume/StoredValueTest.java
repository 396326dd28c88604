package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.DecisionId;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Position;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;

final class StoredValueTest {
  private static final byte[] KEY =
      StoredKey.of(new RowKey(new Space(1), Bytes.of('p'), Bytes.of('s')));
  private static final byte[] OTHER_KEY =
      StoredKey.of(new RowKey(new Space(1), Bytes.of('p'), Bytes.of('t')));

  private static final Version VERSION = new Version(new Stamp(1L << 62), new Origin(-1));

  @Test
  void logRecordBoundsAndClockAreReadBackAsTheyWere() {
    byte[] key = StoredKey.of(new LogId(new Space(1)), 17);
    Stamp stamp = new Stamp(99);
    for (boolean replicated : new boolean[] {false, true}) {
      byte[] stored = StoredValue.ofRecord(key, VERSION, stamp, replicated, Bytes.of(1, 2));
      assertThat(StoredValue.record(key, stored))
          .isEqualTo(
              new LogRecord(
                  new Position(17),
                  new DecisionId(99),
                  stamp,
                  VERSION,
                  replicated,
                  Bytes.of(1, 2)));
    }
    LogBounds bounds = new LogBounds(3, 5);
    assertThat(StoredValue.bounds(KEY, StoredValue.ofBounds(KEY, bounds))).isEqualTo(bounds);
    assertThat(StoredValue.clock(KEY, StoredValue.ofClock(KEY, stamp))).isEqualTo(stamp);
  }

  @Test
  void contentIsReadBackAsItWas() {
    for (Bytes content :
        List.of(Bytes.EMPTY, Bytes.of(0), Bytes.of(0, 0, 0, 0), Bytes.wrap(new byte[100_000]))) {
      assertThat(StoredValue.row(KEY, StoredValue.ofRow(KEY, VERSION, content)))
          .isEqualTo(new VersionedValue(VERSION, content));
    }
  }

  @Test
  void everySingleFlippedBitIsNoticed() {
    for (int length : new int[] {0, 1, 7, 64}) {
      byte[] stored = StoredValue.ofRow(KEY, VERSION, Bytes.wrap(new byte[length]));
      for (int bit = 0; bit < stored.length * Byte.SIZE; bit++) {
        byte[] flipped = stored.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        assertRefused(KEY, flipped);
      }
    }
  }

  @Test
  void everyLostTailIsNoticed() {
    byte[] stored = StoredValue.ofRow(KEY, VERSION, Bytes.of('v', 'a', 'l', 'u', 'e'));
    for (int length = 0; length < stored.length; length++) {
      assertRefused(KEY, Arrays.copyOf(stored, length));
    }
    assertRefused(KEY, Arrays.copyOf(stored, stored.length + 1));
  }

  @Test
  void valueThatStrayedToAnotherKeyIsNoticed() {
    assertRefused(OTHER_KEY, StoredValue.ofRow(KEY, VERSION, Bytes.of('v')));
    assertRefused(OTHER_KEY, StoredValue.ofRow(KEY, VERSION, Bytes.EMPTY));
  }

  private static void assertRefused(byte[] key, byte[] stored) {
    assertThatThrownBy(() -> StoredValue.row(key, stored)).isInstanceOf(CorruptDataException.class);
  }
}
