package org.ostraka.voting.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Percentiles of the times of receipts. */
final class ScoreTest {
  @Test
  void aPercentileIsAtMostFivePerCentTooLong() {
    Score score = new Score();
    for (int millis = 1; millis <= 1_000; millis++) {
      score.acknowledge(Duration.ofMillis(millis));
    }
    assertThat(score.percentileMillis(0.5)).isBetween(500.0, 525.0);
    assertThat(score.percentileMillis(0.99)).isBetween(990.0, 1_039.5);
    assertThat(score.percentileMillis(0)).isBetween(1.0, 1.05);
  }

  @Test
  void withoutReceiptsThereIsNoPercentile() {
    assertThat(new Score().percentileMillis(0.5)).isNaN();
  }
}
