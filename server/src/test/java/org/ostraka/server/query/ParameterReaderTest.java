package org.ostraka.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ostraka.identity.iam.IamException;

/** Parameters are read by their declaration, and all that is wrong with them is told at once. */
final class ParameterReaderTest {
  private static final Parameter NAME = Parameter.text("UserName").length(1, 4).asRequired();
  private static final Parameter COUNT = Parameter.number("MaxItems", 1, 1000);
  private static final Parameter KEY = Parameter.text("Key").length(1, 3).asRequired();
  private static final Parameter TAGS = Parameter.structures("Tags", 2, KEY);
  private static final Parameter KEYS = Parameter.texts(Parameter.text("TagKeys").length(1, 3), 2);
  private static final Parameter TOKEN = Parameter.text("Token").length(1, 3).asSecret();
  private static final Parameter MARK = Parameter.flag("OnlyAttached");

  @Test
  void readsTextsNumbersFlagsListsAndStructures() {
    Parameters read =
        read(
            "UserName=Bob&MaxItems=7&Tags.member.1.Key=a&TagKeys.member.1=x&TagKeys.member.2=y"
                + "&OnlyAttached=true");
    assertThat(read.text(NAME)).isEqualTo("Bob");
    assertThat(read.number(COUNT)).contains(7);
    assertThat(read.isSet(MARK)).isTrue();
    assertThat(read.texts(KEYS)).containsExactly("x", "y");
    assertThat(read.structures(TAGS)).extracting(tag -> tag.text(KEY)).containsExactly("a");
    assertThat(read.find(TOKEN)).isEmpty();
  }

  @Test
  void tellsEverythingThatIsWrongInTheOrderOfTheDeclaration() {
    assertRefused(
        "MaxItems=0&UserName=Robert&Tags.member.1.Value=v",
        "ValidationError: 3 validation errors detected: Value 'Robert' at 'userName' failed to"
            + " satisfy constraint: Member must have length less than or equal to 4; Value '0' at"
            + " 'maxItems' failed to satisfy constraint: Member must have value greater than or"
            + " equal to 1; Value null at 'tags.1.member.key' failed to satisfy constraint: Member"
            + " must not be null");
  }

  @Test
  void requiredParametersAreNamed() {
    assertRefused(
        "MaxItems=1",
        "ValidationError: 1 validation error detected: Value null at 'userName' failed to satisfy"
            + " constraint: Member must not be null");
  }

  @Test
  void listsHaveALimit() {
    assertRefused(
        "UserName=Bob&TagKeys.member.1=a&TagKeys.member.2=b&TagKeys.member.3=c",
        "ValidationError: 1 validation error detected: Value at 'tagKeys' failed to satisfy"
            + " constraint: Member must have length less than or equal to 2");
  }

  @Test
  void secretsAreNotShown() {
    assertRefused(
        "UserName=Bob&Token=planted",
        "ValidationError: 1 validation error detected: Value at 'token' failed to satisfy"
            + " constraint: Member must have length less than or equal to 3");
  }

  @Test
  void whatIsNoNumberOrFlagIsRefused() {
    assertRefused(
        "UserName=Bob&MaxItems=1e3",
        "ValidationError: The value at 'maxItems' is not a whole number");
    assertRefused(
        "UserName=Bob&OnlyAttached=yes",
        "ValidationError: The value at 'onlyAttached' is not true or false");
  }

  @Test
  void unknownParametersAreRefused() {
    assertRefused(
        "UserName=Bob&SerialNumber=1",
        "ValidationError: SerialNumber is not supported by this version of Ostraka");
  }

  private static Parameters read(String form) {
    return ParameterReader.read(
        Form.of(form), List.of(NAME, COUNT, TAGS, KEYS, TOKEN, MARK), Set.of("Action"));
  }

  private static void assertRefused(String form, String message) {
    assertThatThrownBy(() -> read(form)).isInstanceOf(IamException.class).hasMessage(message);
  }
}
