package org.ostraka.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.Limits;

/** Segments leave nothing out and share nothing. */
final class HashSliceTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000, 4096, 999_983, Limits.SCAN_SEGMENTS})
  void eachSegmentBeginsWhereTheOneBeforeEnds(int total) {
    assertThat(HashSlice.of(0, total).first()).isZero();
    for (int segment = 1; segment < total; segment++) {
      HashSlice slice = HashSlice.of(segment, total);
      assertThat(slice.first()).isEqualTo(HashSlice.of(segment - 1, total).last() + 1);
      assertThat(Long.compareUnsigned(slice.first(), slice.last())).isNegative();
    }
    assertThat(HashSlice.of(total - 1, total).last()).isEqualTo(-1L);
  }

  @Test
  void segmentsAreOfOneSize() {
    HashSlice first = HashSlice.of(0, 3);
    HashSlice last = HashSlice.of(2, 3);
    assertThat(last.last() - last.first() - (first.last() - first.first())).isBetween(-1L, 1L);
  }
}
