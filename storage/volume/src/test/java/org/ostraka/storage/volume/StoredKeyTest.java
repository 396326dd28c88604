package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Position;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

final class StoredKeyTest {
  private static final List<Bytes> PARTS =
      List.of(
          Bytes.EMPTY,
          Bytes.of(0),
          Bytes.of(255),
          Bytes.of(255, 255, 255),
          Bytes.of('a', 0, 'b'),
          Bytes.wrap(new byte[StoredKey.MAX_PART_BYTES]));

  @Test
  void rowKeyIsReadBackAsItWas() {
    for (long space : new long[] {0, 1, 255, 256, Long.MAX_VALUE}) {
      for (Bytes partition : PARTS) {
        for (Bytes sort : PARTS) {
          RowKey key = new RowKey(new Space(space), partition, sort);
          assertThat(StoredKey.decode(StoredKey.of(key)))
              .isEqualTo(new StoredKey.Decoded.OfRow(key));
        }
      }
    }
  }

  @Test
  void recordKeyIsReadBackAsItWas() {
    for (long space : new long[] {0, 1, Long.MAX_VALUE}) {
      for (long position : new long[] {1, 2, 255, 256, Long.MAX_VALUE}) {
        LogId log = new LogId(new Space(space));
        assertThat(StoredKey.decode(StoredKey.of(log, position)))
            .isEqualTo(new StoredKey.Decoded.OfRecord(log, new Position(position)));
      }
    }
  }

  /** The layout is part of the format on disk: these bytes must never change. */
  @Test
  void layoutStaysAsItIs() {
    RowKey key =
        new RowKey(new Space(0x0102), Bytes.of('o', 's', 't', 'r', 'a', 'k', 'a'), Bytes.of(9));

    assertThat(HexFormat.of().formatHex(StoredKey.of(key)))
        .isEqualTo(
            "01" + "0000000000000102" + "fada4b6e041a90c0" + "0007" + "6f737472616b61" + "09");
    assertThat(HexFormat.of().formatHex(StoredKey.of(new LogId(new Space(3)), 4)))
        .isEqualTo("02" + "0000000000000003" + "0000000000000004");
  }

  @Test
  void garbageIsRefused() {
    byte[] row = StoredKey.of(new RowKey(new Space(1), Bytes.of('p', 'q'), Bytes.of('s')));
    byte[] record = StoredKey.of(new LogId(new Space(1)), 5);

    assertRefused(new byte[0]);
    assertRefused(new byte[] {1});
    assertRefused(new byte[] {3, 0, 0});
    for (int length = 0; length < 21; length++) {
      assertRefused(Arrays.copyOf(row, length));
    }
    for (int length = 0; length < record.length; length++) {
      assertRefused(Arrays.copyOf(record, length));
    }
    assertRefused(Arrays.copyOf(record, record.length + 1));
    assertRefused(changed(row, 0, 7));
    assertRefused(changed(row, 1, 0x80));
    assertRefused(changed(record, 1, 0x80));
    assertRefused(changed(record, 9, 0x80));
    assertRefused(StoredKey.of(new LogId(new Space(1)), 0));
  }

  @Test
  void partitionThatDoesNotFitItsHashIsRefused() {
    byte[] row = StoredKey.of(new RowKey(new Space(1), Bytes.of('p', 'q'), Bytes.of('s')));

    for (int bit = 9 * Byte.SIZE; bit < 21 * Byte.SIZE; bit++) {
      byte[] flipped = row.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertRefused(flipped);
    }
  }

  @Test
  void rowWithAPartLongerThanAnyKeyHasIsRefused() {
    byte[] longest =
        StoredKey.of(
            new RowKey(new Space(1), Bytes.EMPTY, Bytes.wrap(new byte[StoredKey.MAX_PART_BYTES])));

    assertThat(StoredKey.decode(longest)).isInstanceOf(StoredKey.Decoded.OfRow.class);
    assertRefused(Arrays.copyOf(longest, longest.length + 1));
  }

  @Test
  void rowsAndRecordsOfASpaceLieWithinItsSpans() {
    for (long space : new long[] {0, 255, 256, Long.MAX_VALUE}) {
      StoredKey.Span rows = StoredKey.rowsOf(new Space(space));
      StoredKey.Span records = StoredKey.recordsOf(new Space(space));
      Bytes greatest = Bytes.wrap(filled(StoredKey.MAX_PART_BYTES));
      assertThat(isWithin(StoredKey.of(new RowKey(new Space(space), greatest, greatest)), rows))
          .isTrue();
      assertThat(isWithin(StoredKey.of(new LogId(new Space(space)), Long.MAX_VALUE), records))
          .isTrue();
      assertThat(isWithin(StoredKey.of(new LogId(new Space(space)), 1), rows)).isFalse();
      if (space > 0) {
        RowKey before = new RowKey(new Space(space - 1), greatest, greatest);
        assertThat(isWithin(StoredKey.of(before), rows)).isFalse();
        assertThat(isWithin(StoredKey.of(new LogId(new Space(space - 1)), Long.MAX_VALUE), records))
            .isFalse();
      }
    }
  }

  @Test
  void partTooLongForAKeyIsRefused() {
    Bytes tooLong = Bytes.wrap(new byte[StoredKey.MAX_PART_BYTES + 1]);

    assertThatThrownBy(() -> StoredKey.of(new RowKey(new Space(0), tooLong, Bytes.EMPTY)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StoredKey.of(new RowKey(new Space(0), Bytes.EMPTY, tooLong)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean isWithin(byte[] key, StoredKey.Span span) {
    return Arrays.compareUnsigned(span.from(), key) <= 0
        && Arrays.compareUnsigned(key, span.to()) < 0;
  }

  private static byte[] changed(byte[] stored, int index, int value) {
    return ByteBuffer.wrap(stored.clone()).put(index, (byte) value).array();
  }

  private static byte[] filled(int length) {
    byte[] array = new byte[length];
    Arrays.fill(array, (byte) 0xFF);
    return array;
  }

  private static void assertRefused(byte[] stored) {
    assertThatThrownBy(() -> StoredKey.decode(stored)).isInstanceOf(CorruptDataException.class);
  }
}
