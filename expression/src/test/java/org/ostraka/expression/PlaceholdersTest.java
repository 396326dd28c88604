package org.ostraka.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.expression.Values.error;
import static org.ostraka.expression.Values.n;
import static org.ostraka.expression.Values.s;
import static org.ostraka.expression.Values.with;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ExtendDB pull request 181: texts captured from the service. */
final class PlaceholdersTest {

  @ParameterizedTest
  @ValueSource(strings = {"#", "a", "#a-b", "##a", "#a b", ""})
  void malformedNamesAreRefused(String key) {
    assertThat(error(() -> new Placeholders(Map.of(key, "a"), Map.of())))
        .isEqualTo(
            "ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + key + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {":", "v", ":a.b", "#a"})
  void malformedValueKeysAreRefused(String key) {
    assertThat(error(() -> new Placeholders(Map.of(), Map.of(key, n("1")))))
        .isEqualTo(
            "ExpressionAttributeValues contains invalid key: Syntax error; key: \"" + key + "\"");
  }

  @Test
  void keysOfMoreThan255BytesAreRefusedBeforeTheirSyntaxIsRead() {
    String key = "x" + "a".repeat(255);
    assertThat(error(() -> new Placeholders(Map.of(key, "a"), Map.of())))
        .isEqualTo(
            "ExpressionAttributeNames contains invalid key: The expression attribute map contains a"
                + " key that is too long; size of key: 256");
    assertThat(error(() -> new Placeholders(Map.of(), Map.of(key, n("1")))))
        .isEqualTo(
            "ExpressionAttributeValues contains invalid key: The expression attribute map contains"
                + " a key that is too long;");
    assertThat(error(() -> with("#" + "a".repeat(254), "a"))).isEqualTo("no error");
  }

  @Test
  void emptyNamesAndEmptyMapsAreRefused() {
    assertThat(error(() -> with("#a", ""))).isEqualTo("Empty attribute name");
    assertThat(error(() -> Placeholders.of(Optional.of(Map.of()), Optional.empty())))
        .isEqualTo("ExpressionAttributeNames must not be empty");
    assertThat(error(() -> Placeholders.of(Optional.empty(), Optional.of(Map.of()))))
        .isEqualTo("ExpressionAttributeValues must not be empty");
    assertThat(Placeholders.of(Optional.empty(), Optional.empty())).isSameAs(Placeholders.NONE);
  }

  @Test
  void substitutionsOfMoreThanTwoMegabytesAreRefused() {
    int most = 2 * 1024 * 1024 - ":v".length();
    assertThat(error(() -> with(":v", s("x".repeat(most))))).isEqualTo("no error");
    assertThat(error(() -> with(":v", s("x".repeat(most + 1))))).contains("2097152");
  }

  @Test
  void unusedOnesAreRefusedNamesFirst() {
    ParsedCondition condition =
        ParsedCondition.parse(ExpressionParameter.CONDITION, "#a = :v AND b.#c[0] = :v");
    ParsedProjection projection = ParsedProjection.parse("#d");
    Placeholders all = with("#a", "a", "#c", "c", "#d", "d", ":v", n("1"));
    assertThat(error(() -> all.refuseUnused(List.of(condition, projection)))).isEqualTo("no error");
    assertThat(error(() -> all.refuseUnused(List.of(condition))))
        .isEqualTo("Value provided in ExpressionAttributeNames unused in expressions: keys: {#d}");
    assertThat(error(() -> with(":w", n("1")).refuseUnused(List.of())))
        .isEqualTo("Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}");
    assertThat(error(() -> with("#x", "x", ":w", n("1")).refuseUnused(List.of())))
        .contains("ExpressionAttributeNames");
  }
}
