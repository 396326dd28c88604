package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.Bytes;
import org.ostraka.storage.PartitionHash;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Slice;
import org.ostraka.storage.Space;

/** Slices share all hashes out, and a key's slice is the one whose range has its hash. */
final class HashOrderTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 1_000, 1_000_000})
  void slicesFollowEachOtherWithoutAGap(int total) {
    assertThat(PartitionHash.first(new Slice(0, total))).isZero();
    for (int i = 1; i < Math.min(total, 2_000); i++) {
      assertThat(PartitionHash.first(new Slice(i, total)))
          .isEqualTo(PartitionHash.last(new Slice(i - 1, total)) + 1);
    }
    assertThat(PartitionHash.last(new Slice(total - 1, total))).isEqualTo(-1L);
  }

  @Test
  void keyIsWithinTheRangeOfItsSlice() {
    for (int i = 0; i < 10_000; i++) {
      RowKey key = new RowKey(new Space(1), Bytes.of(i, i >> 8), Bytes.EMPTY);
      int total = 1 + i * 7_919;
      Slice slice = new Slice(HashOrder.ORDER.sliceOf(key, total), total);

      long hash = PartitionHash.of(key.partition());
      assertThat(Long.compareUnsigned(PartitionHash.first(slice), hash)).isNotPositive();
      assertThat(Long.compareUnsigned(hash, PartitionHash.last(slice))).isNotPositive();
    }
  }
}
