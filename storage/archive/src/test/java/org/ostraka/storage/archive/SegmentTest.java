package org.ostraka.storage.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;

final class SegmentTest {
  private static final String NAME = "chains/a/1-b";

  private final List<Bytes> records = records();

  private static List<Bytes> records() {
    Random random = new Random(17);
    List<Bytes> records = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] record = new byte[i % 7 == 0 ? 0 : random.nextInt(5_000)];
      random.nextBytes(record);
      records.add(Bytes.wrap(record));
    }
    return records;
  }

  private byte[] written() {
    SegmentWriter writer = new SegmentWriter(NAME);
    records.forEach(record -> writer.add(record.array()));
    return writer.finish().array();
  }

  @Test
  void theRecordsComeBackInTheirOrder() {
    assertThat(Segment.of(NAME, Bytes.wrap(written())).records()).isEqualTo(records);
  }

  @Test
  void aSegmentWithoutRecordsIsWhole() {
    assertThat(Segment.of(NAME, new SegmentWriter(NAME).finish()).records()).isEmpty();
  }

  @Test
  void everyFlippedBitIsFoundAndTheObjectIsNamed() {
    byte[] whole = written();
    int step = 13; // every byte takes too long; 13 reaches each field of some block
    for (int i = 0; i < whole.length; i = i < 40 || i > whole.length - 60 ? i + 1 : i + step) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << (i % Byte.SIZE));
      requireRefused(flipped, "a bit flipped in byte " + i);
    }
  }

  @Test
  void everyCutIsFound() {
    byte[] whole = written();
    for (int length = 0; length < whole.length; length += length < 40 ? 1 : 97) {
      requireRefused(Arrays.copyOf(whole, length), "cut to " + length);
    }
    for (int less = 1; less < 40; less++) {
      requireRefused(Arrays.copyOf(whole, whole.length - less), "cut by " + less);
    }
  }

  @Test
  void bytesAfterTheEndAreFound() {
    byte[] whole = written();
    requireRefused(Arrays.copyOf(whole, whole.length + 1), "one byte more");
  }

  @Test
  void aSegmentUnderAnotherNameIsRefused() {
    assertThatThrownBy(() -> Segment.of("chains/a/2-b", Bytes.wrap(written())))
        .isInstanceOf(CorruptDataException.class);
  }

  private static void requireRefused(byte[] content, String how) {
    assertThatThrownBy(() -> Segment.of(NAME, Bytes.wrap(content)))
        .as(how)
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining(NAME);
  }
}
