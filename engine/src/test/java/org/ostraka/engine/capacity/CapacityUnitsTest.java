package org.ostraka.engine.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.model.Limits;

/** A read unit is 4 KB, half of it when eventually consistent; a write unit is 1 KB. */
final class CapacityUnitsTest {
  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "4095,1", "4096,1", "4097,2", "8192,2", "8193,3", "409600,100"})
  void readsRoundUpToFourKilobytes(int sizeBytes, double units) {
    assertThat(CapacityUnits.read(sizeBytes, true)).isEqualTo(units);
    assertThat(CapacityUnits.read(sizeBytes, false)).isEqualTo(units / 2);
  }

  @ParameterizedTest
  @CsvSource({"0,0,1", "1,0,1", "0,1024,1", "1025,1,2", "1,1025,2", "2048,2049,3", "0,409600,400"})
  void writesCostTheLargerOfBothImages(int before, int after, double units) {
    assertThat(CapacityUnits.write(before, after)).isEqualTo(units);
  }

  @Test
  void largestItemCostsItsWholeSize() {
    assertThat(CapacityUnits.write(0, Limits.ITEM_BYTES)).isEqualTo(400);
  }
}
