package org.ostraka.engine.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.gate.CrossAccountCaller;
import org.ostraka.identity.policy.Requester;
import org.ostraka.model.AccountId;
import org.ostraka.model.TableArn;

/** Requests for a replica of another account's table are read in another region as they were. */
final class AssociationTest {
  private static final AccountId ACCOUNT = new AccountId("444455556666");
  private static final String USER = "arn:aws:iam::444455556666:user/clerk";
  private static final String SESSION = "arn:aws:sts::444455556666:assumed-role/voting/s";

  /** Servers of other versions read these words. */
  @ParameterizedTest
  @ValueSource(strings = {"Root", "User", "RoleSession", "FederatedUser"})
  void everyKindOfCallerIsRead(String kind) {
    Association sent = association(requester(kind));
    assertThat(Association.of(sent.encoded())).isEqualTo(sent);
    Attributes read = new Attributes(ItemEncoding.decode(sent.encoded()).attributes());
    assertThat(read.map("requester").text("kind")).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WebIdentity", "Service"})
  void othersCreateNoTable(String kind) {
    Association association = association(requester(kind));
    assertThatIllegalArgumentException().isThrownBy(association::encoded);
  }

  private static Requester requester(String kind) {
    return switch (kind) {
      case "Root" -> new Requester.Root(ACCOUNT);
      case "User" -> new Requester.User(ACCOUNT, USER);
      case "RoleSession" ->
          new Requester.RoleSession(ACCOUNT, "arn:aws:iam::444455556666:role/voting", SESSION);
      case "FederatedUser" -> new Requester.FederatedUser(ACCOUNT, USER, SESSION);
      case "WebIdentity" -> new Requester.WebIdentity(ACCOUNT, "https://issuer.example.org");
      default -> new Requester.Service("lambda.amazonaws.com");
    };
  }

  private static Association association(Requester requester) {
    return new Association(
        arn("us-east-1", "111122223333"),
        arn("eu-west-1", "444455556666"),
        new CrossAccountCaller(requester, Map.of("aws:sourceip", List.of("127.0.0.1"))),
        Association.Step.ADD);
  }

  private static TableArn arn(String region, String account) {
    return TableArn.parse("arn:aws:dynamodb:" + region + ":" + account + ":table/votes")
        .orElseThrow();
  }
}
