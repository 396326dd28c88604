package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HttpLimitsTest {
  private static final long GIBIBYTE = 1L << 30;

  @Test
  void connectionsLeaveHalfOfTheFilesToOthers() {
    assertThat(HttpLimits.forMachine(GIBIBYTE, 1_024).maxConnections()).isEqualTo(512);
    assertThat(HttpLimits.forMachine(GIBIBYTE, 1).maxConnections()).isEqualTo(1);
    assertThat(HttpLimits.forMachine(GIBIBYTE, Long.MAX_VALUE).maxConnections())
        .isEqualTo(HttpLimits.DEFAULT.maxConnections());
  }

  @Test
  void largeBodiesTakeASixteenthOfTheHeapButTwoOfThemAlwaysFit() {
    assertThat(HttpLimits.forMachine(GIBIBYTE, 1_024).maxBodiesBytes()).isEqualTo(64L << 20);
    assertThat(HttpLimits.forMachine(1 << 20, 1_024).maxBodiesBytes()).isEqualTo(32L << 20);
  }
}
