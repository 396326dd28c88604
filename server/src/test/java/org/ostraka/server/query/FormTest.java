package org.ostraka.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.identity.iam.IamException;

/** Parameters of a form become a tree. */
final class FormTest {
  @Test
  void namesWithDotsArePaths() {
    Form form = Form.of("Tags.member.1.Key=team&Tags.member.1.Value=a+b%26c&Action=X");
    Form tag = form.child("Tags").orElseThrow().members().get(1);
    assertThat(tag.child("Key").flatMap(Form::value)).contains("team");
    assertThat(tag.child("Value").flatMap(Form::value)).contains("a b&c");
  }

  @Test
  void elementsAreInOrderOfTheirNumbers() {
    Form form = Form.of("K.member.10=c&K.member.2=b&K.member.1=a");
    assertThat(form.child("K").orElseThrow().members().values())
        .extracting(each -> each.value().orElse(""))
        .containsExactly("a", "b", "c");
  }

  @Test
  void theQueryAndTheBodyAreOneForm() {
    Form form = Form.of("Action=GetUser", "UserName=Bob");
    assertThat(form.children()).containsOnlyKeys("Action", "UserName");
  }

  @Test
  void moreParametersThanAnyRequestHasAreRefused() {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      form.append("p").append(i).append(".......=&");
    }
    assertThat(Form.of(form.toString()).children()).hasSize(1_000);
    assertThatThrownBy(() -> Form.of(form.append("one=more").toString()))
        .isInstanceOf(IamException.class)
        .hasMessageStartingWith("MalformedQueryString");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UserName=%zz", "A=1&A=2", "Tags.member.x=1", "A%2=1"})
  void whatIsNoFormIsRefused(String encoded) {
    assertThatThrownBy(() -> Form.of(encoded).child("Tags").ifPresent(Form::members))
        .isInstanceOf(IamException.class)
        .hasMessageStartingWith("MalformedQueryString");
  }

  @Test
  void aNameWithThousandsOfDotsIsNoDeepTree() {
    Form form = Form.of("a" + ".b".repeat(100_000) + "=1");
    int depth = 0;
    for (Form node = form; !node.children().isEmpty(); depth++) {
      node = node.children().values().iterator().next();
    }
    assertThat(depth).isEqualTo(10);
  }
}
