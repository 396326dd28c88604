package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

final class StoredValueTest {
  private static final byte[] KEY =
      StoredKey.of(new RowKey(new Space(1), Bytes.of('p'), Bytes.of('s')));
  private static final byte[] OTHER_KEY =
      StoredKey.of(new RowKey(new Space(1), Bytes.of('p'), Bytes.of('t')));

  @Test
  void contentIsReadBackAsItWas() {
    for (Bytes content :
        List.of(Bytes.EMPTY, Bytes.of(0), Bytes.of(0, 0, 0, 0), Bytes.wrap(new byte[100_000]))) {
      assertThat(StoredValue.content(KEY, StoredValue.of(KEY, content))).isEqualTo(content);
    }
  }

  @Test
  void everySingleFlippedBitIsNoticed() {
    for (int length : new int[] {0, 1, 7, 64}) {
      byte[] stored = StoredValue.of(KEY, Bytes.wrap(new byte[length]));
      for (int bit = 0; bit < stored.length * Byte.SIZE; bit++) {
        byte[] flipped = stored.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        assertRefused(KEY, flipped);
      }
    }
  }

  @Test
  void everyLostTailIsNoticed() {
    byte[] stored = StoredValue.of(KEY, Bytes.of('v', 'a', 'l', 'u', 'e'));
    for (int length = 0; length < stored.length; length++) {
      assertRefused(KEY, Arrays.copyOf(stored, length));
    }
    assertRefused(KEY, Arrays.copyOf(stored, stored.length + 1));
  }

  @Test
  void valueThatStrayedToAnotherKeyIsNoticed() {
    assertRefused(OTHER_KEY, StoredValue.of(KEY, Bytes.of('v')));
    assertRefused(OTHER_KEY, StoredValue.of(KEY, Bytes.EMPTY));
  }

  private static void assertRefused(byte[] key, byte[] stored) {
    assertThatThrownBy(() -> StoredValue.content(key, stored))
        .isInstanceOf(CorruptDataException.class);
  }
}
