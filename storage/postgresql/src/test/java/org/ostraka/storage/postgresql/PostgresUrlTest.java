package org.ostraka.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.storage.StorageFailedException;

/** URLs are read as PostgreSQL's programs read them, and no text shows a password. */
final class PostgresUrlTest {
  @Test
  void everyPartIsRead() {
    PostgresUrl url =
        PostgresUrl.parse(
            "postgresql://vot%40er:s%3Acret+1@db1.example:5433,[::1]/vo%20tes?sslmode=verify-full"
                + "&sslrootcert=/etc/ca.pem");
    assertThat(url.hosts()).isEqualTo("db1.example:5433,[::1]");
    assertThat(url.database()).isEqualTo("vo tes");
    assertThat(url.user()).isEqualTo("vot@er");
    assertThat(url.password()).hasValue("s:cret+1");
    assertThat(url.parameters())
        .isEqualTo(Map.of("sslmode", "verify-full", "sslrootcert", "/etc/ca.pem"));
    PostgresSettings settings = url.settings(url.password().orElseThrow(), 5);
    assertThat(settings.jdbcUrl()).isEqualTo("jdbc:postgresql://db1.example:5433,[::1]/vo%20tes");
    assertThat(url + " " + settings).doesNotContain("cret");
  }

  @Test
  void userAndPasswordMayBeAbsent() {
    PostgresUrl url = PostgresUrl.parse("postgres://localhost/votes");
    assertThat(url.user()).isEqualTo("ostraka");
    assertThat(url.password()).isEmpty();
    assertThat(url.parameters()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jdbc:postgresql://host/votes",
        "mysql://host/votes",
        "postgresql://user:secret@/votes",
        "postgresql://user:secret@host",
        "postgresql://user:secret@host/",
        "postgresql://user:secret@host:port/votes",
        "postgresql://user:secret@host/votes?sslfactory=secret",
        "postgresql://user:secret@host/votes?options=secret",
        "postgresql://user:secret@host/votes?sslmode",
        "postgresql://user:secret@host/vo%tes",
      })
  void anythingElseIsRefusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> PostgresUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("secret")
        .isNotEmpty();
  }

  @Test
  void serverThatIsTooOldIsRefused() {
    OpeningFailures.requireServer(140_000);
    assertThatThrownBy(() -> OpeningFailures.requireServer(130_021))
        .isInstanceOf(StorageFailedException.class)
        .hasMessage("the server is PostgreSQL 13, and the store needs 14 or later");
  }
}
