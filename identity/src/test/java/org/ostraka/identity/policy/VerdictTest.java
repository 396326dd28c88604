package org.ostraka.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ostraka.identity.wire.PolicyReader;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.AccountId;

/**
 * The messages of denied requests: "Troubleshoot access denied error messages" in the IAM User
 * Guide, whose examples have the texts of each kind of policy. Its example of a session policy that
 * denies spells "a sessions policy" in one edition; later editions spell "a session policy".
 */
final class VerdictTest {
  private static final String ALLOW =
      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Sid\":\"A\",\"Effect\":\"Allow\","
          + "\"Action\":\"*\",\"Resource\":\"*\"}}";
  private static final String DENY = ALLOW.replace("Allow", "Deny");
  private static final String NOTHING = ALLOW.replace("\"Action\":\"*\"", "\"Action\":\"ec2:*\"");
  private static final String RESOURCE_DENY =
      DENY.replace("\"Action\"", "\"Principal\":\"*\",\"Action\"");

  @Test
  void namesTheKindOfPolicyThatDoesNotAllow() {
    String begin =
        "User: arn:aws:iam::123456789012:user/JohnDoe is not authorized to perform:"
            + " dynamodb:GetItem on resource: arn:aws:dynamodb:us-east-1:123456789012:table/T"
            + " because no ";
    String end = " allows the dynamodb:GetItem action";
    assertThat(denial(policies(NOTHING, ALLOW, ALLOW), "123456789012"))
        .isEqualTo(begin + "identity-based policy" + end);
    assertThat(denial(policies(ALLOW, NOTHING, ALLOW), "123456789012"))
        .isEqualTo(begin + "permissions boundary" + end);
    assertThat(denial(policies(ALLOW, ALLOW, NOTHING), "123456789012"))
        .isEqualTo(begin + "session policy" + end);
    assertThat(denial(policies(ALLOW, ALLOW, ALLOW), "111122223333"))
        .isEqualTo(begin + "resource-based policy" + end);
  }

  @Test
  void namesTheKindOfPolicyThatDenies() {
    String begin =
        "User: arn:aws:iam::123456789012:user/JohnDoe is not authorized to perform:"
            + " dynamodb:GetItem on resource: arn:aws:dynamodb:us-east-1:123456789012:table/T"
            + " with an explicit deny in ";
    assertThat(denial(policies(DENY, ALLOW, ALLOW), "123456789012"))
        .isEqualTo(begin + "an identity-based policy");
    assertThat(denial(policies(ALLOW, DENY, ALLOW), "123456789012"))
        .isEqualTo(begin + "a permissions boundary");
    assertThat(denial(policies(ALLOW, ALLOW, DENY), "123456789012"))
        .isEqualTo(begin + "a session policy");
    assertThat(
            denial(
                policies(ALLOW, ALLOW, ALLOW)
                    .withResource(
                        Optional.of(
                            new AttachedPolicy(
                                "r", PolicyReader.read(RESOURCE_DENY, PolicyUse.RESOURCE)))),
                "123456789012"))
        .isEqualTo(begin + "a resource-based policy");
  }

  @Test
  void namesTheStatementThatDecides() {
    Verdict verdict = Evaluator.evaluate(request("123456789012"), policies(ALLOW, ALLOW, ALLOW));
    assertThat(verdict.statement())
        .contains(new StatementReference("identity", 0, Optional.of("A")));
  }

  private static String denial(Policies policies, String owner) {
    AuthorizationRequest request = request(owner);
    return Evaluator.evaluate(request, policies).denial(request);
  }

  private static AuthorizationRequest request(String owner) {
    return new AuthorizationRequest(
        new Requester.User(new AccountId("123456789012"), "arn:aws:iam::123456789012:user/JohnDoe"),
        "dynamodb:GetItem",
        "arn:aws:dynamodb:us-east-1:123456789012:table/T",
        new AccountId(owner),
        RequestContext.EMPTY);
  }

  private static Policies policies(String identity, String boundary, String session) {
    return new Policies(
        List.of(read("identity", identity)),
        Optional.of(read("boundary", boundary)),
        List.of(read("session", session)),
        Optional.empty());
  }

  private static AttachedPolicy read(String name, String json) {
    return new AttachedPolicy(name, PolicyReader.read(json, PolicyUse.IDENTITY));
  }
}
