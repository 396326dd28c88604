package org.ostraka.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"abc", "A.b-c_9", "...", "---", "000", "aws.table"})
  void holdsALegalName(String text) {
    assertThat(new TableName(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "a b", "abc/", "äbc", "abc\n", "a:b:c", "abc\u0661"})
  void refusesAnIllegalName(String text) {
    assertThat(TableName.isLegal(text)).isFalse();
    assertThatThrownBy(() -> new TableName(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasAtMost255Characters() {
    assertThat(TableName.isLegal("a".repeat(255))).isTrue();
    assertThat(TableName.isLegal("a".repeat(256))).isFalse();
  }

  @Test
  void lengthAndCharactersAreSeparateQuestions() {
    assertThat(TableName.hasLegalCharacters("")).isTrue();
    assertThat(TableName.hasLegalCharacters("a")).isTrue();
    assertThat(TableName.hasLegalCharacters("a ")).isFalse();
  }

  @Test
  void namesAreSortedAsText() {
    assertThat(new TableName("ABC")).isLessThan(new TableName("abc"));
    assertThat(new TableName("abc")).isLessThan(new TableName("abcd"));
  }
}
