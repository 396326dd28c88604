package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HttpHeadersTest {
  private static final HttpHeaders HEADERS =
      HttpHeaders.of("Host", "first", "x-amz-target", "target", "HOST", "second", "Via", "");

  @Test
  void namesAreFoundWithoutRegardToCase() {
    assertThat(HEADERS.first("host")).contains("first");
    assertThat(HEADERS.first("X-Amz-Target")).contains("target");
    assertThat(HEADERS.all("Host")).isEqualTo(List.of("first", "second"));
    assertThat(HEADERS.all("via")).isEqualTo(List.of(""));
    assertThat(HEADERS.hasSeveral("hOST")).isTrue();
    assertThat(HEADERS.hasSeveral("Via")).isFalse();
    assertThat(HEADERS.first("VIA")).contains("");
  }

  @Test
  void absentNamesAreNotFound() {
    assertThat(HEADERS.first("Date")).as("of the length of another").isEmpty();
    assertThat(HEADERS.first("Authorization")).as("of a length of its own").isEmpty();
    assertThat(HEADERS.first("")).isEmpty();
    assertThat(HEADERS.all("Hos")).isEmpty();
    assertThat(HttpHeaders.none().first("Host")).isEmpty();
  }

  /** Names whose lengths differ by 64 share a bit of the lengths that are looked at first. */
  @Test
  void namesOfEachLengthAreFound() {
    for (int length = 1; length < 200; length++) {
      String name = "n".repeat(length);
      HttpHeaders headers = HttpHeaders.of(name, "value");
      assertThat(headers.first(name)).contains("value");
      assertThat(headers.first("n".repeat(length + 64))).isEmpty();
      assertThat(headers.first("m".repeat(length))).isEmpty();
    }
  }
}
