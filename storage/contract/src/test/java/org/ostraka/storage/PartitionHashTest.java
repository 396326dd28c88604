package org.ostraka.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;

final class PartitionHashTest {
  private static final int SLICES = 16;
  private static final int PARTITIONS = 16_000;

  @Test
  void spreadsConsecutiveNamesEvenlyOverSlices() {
    int[] counts = new int[SLICES];
    for (int i = 0; i < PARTITIONS; i++) {
      Bytes partition = Bytes.wrap(("user-" + i).getBytes(StandardCharsets.UTF_8));
      counts[(int) (PartitionHash.of(partition) >>> 60)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(PARTITIONS / SLICES * 8 / 10, PARTITIONS / SLICES * 12 / 10);
    }
  }

  /** The hash is part of the format on disk: these values must never change. */
  @Test
  void hashesStayAsTheyAre() {
    assertThat(PartitionHash.of(Bytes.EMPTY)).isEqualTo(0xefd01f60ba992926L);
    assertThat(PartitionHash.of(Bytes.of('o', 's', 't', 'r', 'a', 'k', 'a')))
        .isEqualTo(0xfada4b6e041a90c0L);
    assertThat(PartitionHash.of(Bytes.of(0, 255))).isEqualTo(0xacb64f88d28b68b8L);
  }
}
