package org.ostraka.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.server.auth.RootKey;

/** The environment variables of the root key: both or neither. */
final class RootKeyVariablesTest {
  private static final String SECRET = "a-secret-of-40-characters-0123456789-xyz";

  @Test
  void bothVariablesMakeAKeyAndNoneMakesNone() {
    assertThat(read("AKIDROOT", SECRET)).contains(RootKey.of("AKIDROOT", SECRET));
    assertThat(RootKeyVariables.read(Map.of("PATH", "/bin"))).isEmpty();
  }

  @Test
  void oneVariableAloneIsRefusedByName() {
    assertThatThrownBy(() -> RootKeyVariables.read(Map.of(RootKeyVariables.ID, "AKIDROOT")))
        .isInstanceOf(BadArgumentsException.class)
        .hasMessage(
            "OSTRAKA_ROOT_ACCESS_KEY_ID is set, but OSTRAKA_ROOT_SECRET_ACCESS_KEY is not:"
                + " signatures are verified with both, or with neither");
    assertThatThrownBy(() -> RootKeyVariables.read(Map.of(RootKeyVariables.SECRET, SECRET)))
        .isInstanceOf(BadArgumentsException.class)
        .hasMessageStartingWith("OSTRAKA_ROOT_SECRET_ACCESS_KEY is set, but")
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "a/b/c", "key id", "kéy", "wJalrXUtnFEMI/K7MDENG+bPxRfiCY"})
  void anIdThatCannotBeOneIsRefusedAndNotShown(String id) {
    assertThatThrownBy(() -> read(id, SECRET))
        .isInstanceOf(BadArgumentsException.class)
        .hasMessage(
            "OSTRAKA_ROOT_ACCESS_KEY_ID has to have 3 to 128 letters, digits, hyphens and"
                + " underscores");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1234567", "with a blank", "with-a-line-break\n"})
  void aSecretThatCannotBeOneIsRefusedAndNotShown(String secret) {
    assertThatThrownBy(() -> read("AKIDROOT", secret))
        .isInstanceOf(BadArgumentsException.class)
        .hasMessage(
            "OSTRAKA_ROOT_SECRET_ACCESS_KEY has to have 8 to 256 visible ASCII characters, without"
                + " blanks");
  }

  @Test
  void theExampleNamesVariablesAndShowsNoSecret() {
    assertThat(RootKeyVariables.credentials(read("AKIDROOT", SECRET)))
        .isEqualTo(
            "AWS_ACCESS_KEY_ID=$OSTRAKA_ROOT_ACCESS_KEY_ID"
                + " AWS_SECRET_ACCESS_KEY=$OSTRAKA_ROOT_SECRET_ACCESS_KEY");
    assertThat(read("AKIDROOT", SECRET).toString()).doesNotContain(SECRET);
  }

  private static Optional<RootKey> read(String id, String secret) {
    Map<String, String> environment = new HashMap<>();
    environment.put(RootKeyVariables.ID, id);
    environment.put(RootKeyVariables.SECRET, secret);
    return RootKeyVariables.read(environment);
  }
}
