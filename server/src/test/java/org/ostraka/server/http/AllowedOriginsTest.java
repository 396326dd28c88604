package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of localhost may use the server, and pages of origins that the operator names. */
final class AllowedOriginsTest {
  private static final AllowedOrigins NAMED =
      new AllowedOrigins(Set.of("https://Votes.example.org", "vscode-webview://x1"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "https://localhost",
        "http://localhost:3000",
        "HTTP://LOCALHOST:3000",
        "http://app.localhost:3000",
        "http://127.0.0.1:8000",
        "http://[::1]:8000"
      })
  void pagesOfLocalhostAreAllowed(String origin) {
    assertThat(AllowedOrigins.LOCALHOST.allows(origin)).isTrue();
    assertThat(NAMED.allows(origin)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "http://evil.example",
        "http://localhost.evil.example",
        "http://evillocalhost",
        "http://127.0.0.1.evil.example",
        "http://localhost:3000.evil.example",
        "http://localhost:",
        "http://evil.example/http://localhost",
        "http://localhost@evil.example",
        "file://localhost",
        "http://localhost http://evil.example",
        "http://192.168.1.7",
        "http://votes.example.org",
        "https://votes.example.org:8443"
      })
  void otherPagesAreRefused(String origin) {
    assertThat(AllowedOrigins.LOCALHOST.allows(origin)).isFalse();
    assertThat(NAMED.allows(origin)).isFalse();
  }

  @Test
  void namedOriginsAreAllowed() {
    assertThat(NAMED.allows("https://votes.example.org")).isTrue();
    assertThat(NAMED.allows("vscode-webview://x1")).isTrue();
    assertThat(new AllowedOrigins(Set.of(AllowedOrigins.ANY)).allows("null")).isTrue();
  }

  @Test
  void optionsAreOriginsWithoutPath() {
    assertThat(Set.of("*", "https://example.org", "http://a:3000", "vscode-webview://x1"))
        .allMatch(AllowedOrigins::isOrigin);
    assertThat(Set.of("", "null", "example.org", "https://example.org/", "https://a b"))
        .noneMatch(AllowedOrigins::isOrigin);
  }
}
