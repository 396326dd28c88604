package org.ostraka.server.wire.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.cloudwatch.CloudWatchException;

/** The members of a request, by their types. */
final class FieldsTest {
  private static Fields time(double seconds) {
    return Fields.of(
        new Document.Structure(
            new LinkedHashMap<>(Map.of("StartTime", new Document.Numeric(seconds)))),
        "StartTime");
  }

  @Test
  void secondsAreATime() {
    assertThat(time(1.5).time("StartTime")).isEqualTo(Instant.ofEpochMilli(1_500));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300})
  void aNumberThatIsNoTimeIsRefused(double seconds) {
    assertThatExceptionOfType(CloudWatchException.class)
        .isThrownBy(() -> time(seconds).time("StartTime"));
  }
}
