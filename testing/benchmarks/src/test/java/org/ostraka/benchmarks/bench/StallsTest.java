package org.ostraka.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class StallsTest {
  @Test
  void instantsAreLookedAtTheWholeTime() {
    Duration time = Duration.ofMillis(200);
    Histogram late = Stalls.measure(1, time);
    // One in each ten microseconds, within a gap or not; the last gap may reach beyond the end.
    assertThat(late.getTotalCount()).isGreaterThan(15_000);
    assertThat(late.getMinValue()).isLessThan(100_000);
  }

  @Test
  void moreThreadsThanProcessorsKeepEachOtherWaiting() {
    int threads = 8 * Runtime.getRuntime().availableProcessors();
    Histogram late = Stalls.measure(threads, Duration.ofMillis(500));
    assertThat(late.getValueAtPercentile(99)).isGreaterThan(1_000_000);
  }
}
