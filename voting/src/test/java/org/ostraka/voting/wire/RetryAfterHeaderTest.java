package org.ostraka.voting.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Both forms of the header; see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3. */
final class RetryAfterHeaderTest {
  private static final Instant NOW = Instant.parse("1999-12-31T23:58:59Z");

  @Test
  void secondsAndDatesAreRead() {
    assertThat(read("90")).contains(Duration.ofSeconds(90));
    assertThat(read("0")).contains(Duration.ZERO);
    assertThat(read("Fri, 31 Dec 1999 23:59:59 GMT")).contains(Duration.ofSeconds(60));
    assertThat(read("Fri, 31 Dec 1999 23:57:59 GMT")).contains(Duration.ZERO);
  }

  @Test
  void anythingElseIsNotRead() {
    for (String other : List.of("", "soon", "-1", "1.5", "10000000000", "1999-12-31T23:59:59Z")) {
      assertThat(read(other)).as(other).isEmpty();
    }
    assertThat(RetryAfterHeader.read(HttpHeaders.of(Map.of(), (_, _) -> true), NOW)).isEmpty();
  }

  private static Optional<Duration> read(String text) {
    return RetryAfterHeader.read(
        HttpHeaders.of(Map.of("retry-after", List.of(text)), (_, _) -> true), NOW);
  }
}
