package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.engine.insight.KeySketch;
import org.ostraka.model.AttributeValue;

/** The log names the key that is throttled most, on one line. */
final class CapacityReportTest {
  @Test
  void aKeyThatStandsOutIsNamed() {
    assertThat(named(95, 100, new AttributeValue.S("CANDIDATE#7")))
        .isEqualTo("; 95 % of them for the partition key \"CANDIDATE#7\"");
    assertThat(
            named(10, 100, new AttributeValue.S("a"), new AttributeValue.N(new BigDecimal("12.5"))))
        .isEqualTo("; 10 % of them for the partition key \"a\", 12.5");
  }

  @Test
  void noKeyIsNamedWhereNoneStandsOut() {
    assertThat(named(9, 100, new AttributeValue.S("a"))).isEmpty();
  }

  @Test
  void aKeyCannotMakeALineOfItsOwn() {
    assertThat(named(1, 1, new AttributeValue.S("a\nERROR " + "x".repeat(200))))
        .isEqualTo("; 100 % of them for the partition key \"a?ERROR " + "x".repeat(92) + "...\"");
  }

  private static String named(long count, long of, AttributeValue... key) {
    return CapacityReport.named(new KeySketch.Count<>(KeyEncoding.encode(List.of(key)), count), of);
  }
}
