package org.ostraka.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes of item collections are told in whole gigabytes. */
final class ItemCollectionMetricsTest {
  private static final Item KEY = new Item(Map.of("p", new AttributeValue.S("a")));

  @ParameterizedTest
  @CsvSource({
    "0,0.0,1.0",
    "1073741823,0.0,1.0",
    "1073741824,1.0,2.0",
    "10737418239,9.0,10.0",
    "10737418240,10.0,11.0"
  })
  void sizeLiesBetweenWholeGigabytes(long sizeBytes, double lower, double upper) {
    ItemCollectionMetrics metrics = new ItemCollectionMetrics(KEY, sizeBytes);
    assertThat(metrics.lowerGigabytes()).isEqualTo(lower);
    assertThat(metrics.upperGigabytes()).isEqualTo(upper);
  }

  @Test
  void sizeIsNeverNegative() {
    assertThatThrownBy(() -> new ItemCollectionMetrics(KEY, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
