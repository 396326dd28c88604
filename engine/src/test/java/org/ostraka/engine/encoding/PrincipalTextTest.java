package org.ostraka.engine.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;
import org.ostraka.storage.CorruptDataException;

final class PrincipalTextTest {
  private static final AccountId ACCOUNT = new AccountId("111122223333");

  /** The texts that are on disks. */
  private static final Map<String, Principal> STORED =
      Map.of(
          "key:local",
          new Principal.AccessKey("local"),
          "service:dynamodb.amazonaws.com",
          Principal.Service.EXPIRY,
          "root:111122223333:AKIA1",
          new Principal.Root(ACCOUNT, "AKIA1"),
          "user:111122223333:AKIA1:AIDA1:/bob",
          new Principal.User(ACCOUNT, "AKIA1", "AIDA1", "/", "bob"),
          "user:111122223333:AKIA1:AIDA1:/a:b/c/bob",
          new Principal.User(ACCOUNT, "AKIA1", "AIDA1", "/a:b/c/", "bob"),
          "role:111122223333:ASIA1:AROA1:build-7:/ci/writer",
          new Principal.RoleSession(ACCOUNT, "ASIA1", "AROA1", "/ci/", "writer", "build-7"),
          "federated:111122223333:ASIA1:AIDA1:guest:/bob",
          new Principal.FederatedUser(ACCOUNT, "ASIA1", "AIDA1", "/", "bob", "guest"));

  @Test
  void eachPrincipalHasItsText() {
    STORED.forEach((text, principal) -> assertThat(PrincipalText.of(principal)).isEqualTo(text));
  }

  @Test
  void eachTextIsThePrincipalAgain() {
    STORED.forEach(
        (text, principal) -> assertThat(PrincipalText.principal(text)).isEqualTo(principal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "root",
        "robot:1",
        "root:1:AKIA",
        "root:111122223333",
        "user:111122223333:a:b"
      })
  void otherTextsAreCorrupt(String text) {
    assertThatThrownBy(() -> PrincipalText.principal(text))
        .isInstanceOf(CorruptDataException.class);
  }
}
