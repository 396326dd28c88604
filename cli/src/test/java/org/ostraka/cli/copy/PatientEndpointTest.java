package org.ostraka.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ostraka.delivery.json.JsonValue;

final class PatientEndpointTest {
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void whatPassesIsAskedAgainAfterLongerAndLongerPauses() {
    assertThat(endpoint(5, true).call("Scan", Map.of())).isEqualTo(answer());
    assertThat(pauses).hasSize(5);
    assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(25), Duration.ofMillis(75));
    assertThat(pauses.getLast()).isBetween(Duration.ofMillis(400), Duration.ofMillis(1200));
  }

  @Test
  void itIsAskedForMinutesAndNotForever() {
    assertThatThrownBy(() -> endpoint(Integer.MAX_VALUE, true).call("Scan", Map.of()))
        .isInstanceOf(EndpointException.class);
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(5).plusSeconds(15));
  }

  @Test
  void aRefusalIsFinal() {
    assertThatThrownBy(() -> endpoint(1, false).call("Scan", Map.of()))
        .isInstanceOf(EndpointException.class);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aRateSpreadsItemsOverTime() {
    Rate rate = new Rate(Optional.of(100), InstantSource.fixed(Instant.EPOCH), pauses::add);
    rate.take(50);
    rate.take(25);
    rate.take(25);
    assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofMillis(750));
  }

  private Endpoint endpoint(int failures, boolean isPassing) {
    int[] left = {failures};
    Endpoint failing =
        (_, _, _) -> {
          if (left[0]-- > 0) {
            throw new EndpointException(
                "busy", Optional.of("ThrottlingException"), isPassing, new RuntimeException());
          }
          return answer();
        };
    return new PatientEndpoint(failing, pauses::add, new Random(1));
  }

  private static JsonValue.Members answer() {
    return new JsonValue.Members(Map.of());
  }
}
