package org.ostraka.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.server.query.IdentityClient.Reply;

/** IAM's simulations of policies. */
final class SimulationTest {
  /** The policy of the examples of simulate-custom-policy in the AWS CLI Command Reference. */
  private static final String AFTER_AUGUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"dynamodb:*\","
          + "\"Resource\":\"*\",\"Condition\":{\"DateGreaterThan\":{\"aws:CurrentTime\":"
          + "\"2018-08-16T12:00:00Z\"}}}}";

  private static final String TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/";
  private static final String BOB = "arn:aws:iam::123456789012:user/bob";

  private final IdentityClient iam = new IdentityClient();

  @AfterEach
  void close() {
    iam.close();
  }

  private Reply done(String action, String... parameters) {
    Reply reply = iam.call(action, parameters);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply;
  }

  private static String statement(String effect, String action, String resource) {
    return "{\"Effect\":\""
        + effect
        + "\",\"Action\":\""
        + action
        + "\",\"Resource\":\""
        + resource
        + "\"}";
  }

  private static String policy(String... statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
  }

  private void put(String name, String policy) {
    done("PutUserPolicy", "UserName", "bob", "PolicyName", name, "PolicyDocument", policy);
  }

  @Test
  void aCustomPolicyIsSimulatedAsInTheExamplesOfTheCommandLine() {
    Reply allowed =
        done(
            "SimulateCustomPolicy",
            "PolicyInputList.member.1",
            AFTER_AUGUST,
            "ActionNames.member.1",
            "dynamodb:CreateBackup",
            "ContextEntries.member.1.ContextKeyName",
            "aws:CurrentTime",
            "ContextEntries.member.1.ContextKeyValues.member.1",
            "2019-04-25T11:00:00Z",
            "ContextEntries.member.1.ContextKeyType",
            "date");
    assertThat(allowed.text())
        .contains(
            "<EvaluationResults><member><EvalActionName>dynamodb:CreateBackup</EvalActionName>"
                + "<EvalResourceName>*</EvalResourceName><EvalDecision>allowed</EvalDecision>"
                + "<MatchedStatements><member><SourcePolicyId>PolicyInputList.1</SourcePolicyId>"
                + "<SourcePolicyType>IAM Policy</SourcePolicyType>"
                + "<StartPosition><Line>1</Line><Column>38</Column></StartPosition>"
                + "<EndPosition><Line>1</Line><Column>167</Column></EndPosition>"
                + "</member></MatchedStatements><MissingContextValues></MissingContextValues>"
                + "</member></EvaluationResults><IsTruncated>false</IsTruncated>");
    Reply early =
        done(
            "SimulateCustomPolicy",
            "PolicyInputList.member.1",
            AFTER_AUGUST,
            "ActionNames.member.1",
            "dynamodb:CreateBackup",
            "ContextEntries.member.1.ContextKeyName",
            "aws:CurrentTime",
            "ContextEntries.member.1.ContextKeyValues.member.1",
            "2014-04-25T11:00:00Z");
    assertThat(early.only("EvalDecision")).isEqualTo("implicitDeny");
    assertThat(early.all("SourcePolicyId")).isEmpty();
  }

  @Test
  void keysThatAreNotGivenAreTold() {
    Reply reply =
        done(
            "SimulateCustomPolicy",
            "PolicyInputList.member.1",
            AFTER_AUGUST,
            "ActionNames.member.1",
            "dynamodb:CreateBackup");
    assertThat(reply.only("EvalDecision")).isEqualTo("implicitDeny");
    assertThat(reply.only("MissingContextValues")).isEqualTo("aws:CurrentTime");
    String own =
        policy(statement("Allow", "dynamodb:*", TABLE + "${aws:username}"))
            .replace("\"}]", "\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}}]");
    Reply keys =
        done(
            "GetContextKeysForCustomPolicy",
            "PolicyInputList.member.1",
            own,
            "PolicyInputList.member.2",
            AFTER_AUGUST);
    assertThat(keys.only("ContextKeyNames"))
        .isEqualTo("aws:usernameaws:SecureTransportaws:CurrentTime");
  }

  @Test
  void thePoliciesOfAUserAndItsGroupsAndItsBoundaryDecide() {
    done("CreateUser", "UserName", "bob");
    done("CreateGroup", "GroupName", "all");
    done("AddUserToGroup", "GroupName", "all", "UserName", "bob");
    put("own", policy(statement("Allow", "dynamodb:*", TABLE + "${aws:username}")));
    done(
        "PutGroupPolicy",
        "GroupName",
        "all",
        "PolicyName",
        "deny",
        "PolicyDocument",
        policy(
            statement("Allow", "dynamodb:ListTables", "*"),
            statement("Deny", "dynamodb:DeleteTable", "*")));
    Reply reply =
        done(
            "SimulatePrincipalPolicy",
            "PolicySourceArn",
            BOB,
            "ActionNames.member.1",
            "dynamodb:PutItem",
            "ActionNames.member.2",
            "dynamodb:DeleteTable",
            "ResourceArns.member.1",
            TABLE + "bob",
            "ResourceArns.member.2",
            TABLE + "eve");
    assertThat(reply.all("EvalDecision"))
        .containsExactly("allowed", "implicitDeny", "explicitDeny", "explicitDeny");
    assertThat(reply.all("SourcePolicyId"))
        .containsExactly(
            "user_bob_own",
            "user_bob_own",
            "group_all_deny",
            "group_all_deny",
            "group_all_deny",
            "group_all_deny");
    assertThat(reply.all("EvalResourceDecision")).hasSize(4);
    assertThat(reply.text()).doesNotContain("PermissionsBoundaryDecisionDetail");
  }

  @Test
  void aBoundaryIsToldApart() {
    done("CreateUser", "UserName", "bob");
    put("own", policy(statement("Allow", "dynamodb:*", "*")));
    String bounded =
        done(
                "CreatePolicy",
                "PolicyName",
                "bounds",
                "PolicyDocument",
                policy(statement("Allow", "dynamodb:*Item", "*")))
            .only("Arn");
    done("PutUserPermissionsBoundary", "UserName", "bob", "PermissionsBoundary", bounded);
    Reply limited =
        done(
            "SimulatePrincipalPolicy",
            "PolicySourceArn",
            BOB,
            "ActionNames.member.1",
            "dynamodb:PutItem",
            "ActionNames.member.2",
            "dynamodb:Query",
            "ResourceArns.member.1",
            TABLE + "bob");
    assertThat(limited.all("EvalDecision")).containsExactly("allowed", "implicitDeny");
    assertThat(limited.all("AllowedByPermissionsBoundary"))
        .containsExactly("true", "true", "false", "false");
  }

  @Test
  void acrossAccountsBothKindsOfPoliciesAreTold() {
    String resource =
        policy(statement("Allow", "dynamodb:GetItem", "*"))
            .replace("\"Effect\"", "\"Principal\":{\"AWS\":\"" + BOB + "\"},\"Effect\"");
    String foreign = TABLE.replace("123456789012", "999999999999") + "T";
    Reply reply =
        done(
            "SimulateCustomPolicy",
            "PolicyInputList.member.1",
            policy(statement("Allow", "dynamodb:*", "*")),
            "ResourcePolicy",
            resource,
            "CallerArn",
            BOB,
            "ResourceArns.member.1",
            foreign,
            "ActionNames.member.1",
            "dynamodb:GetItem",
            "ActionNames.member.2",
            "dynamodb:PutItem");
    assertThat(reply.all("EvalDecision")).containsExactly("allowed", "implicitDeny");
    assertThat(reply.text())
        .contains(
            "<EvalDecisionDetails><entry><key>IAM Policy</key><value>allowed</value></entry>"
                + "<entry><key>Resource Policy</key><value>implicitDeny</value></entry>");
    assertThat(
            iam.call(
                    "SimulateCustomPolicy",
                    "PolicyInputList.member.1",
                    AFTER_AUGUST,
                    "ResourcePolicy",
                    resource,
                    "ActionNames.member.1",
                    "dynamodb:GetItem")
                .refusal())
        .isEqualTo(
            "400 InvalidInput: CallerArn must be specified when ResourcePolicy is specified");
  }

  @Test
  void resultsArePaged() {
    List<String> parameters =
        new ArrayList<>(List.of("PolicyInputList.member.1", AFTER_AUGUST, "MaxItems", "2"));
    for (int i = 1; i <= 5; i++) {
      parameters.addAll(List.of("ActionNames.member." + i, "dynamodb:Action" + i));
    }
    List<String> seen = new ArrayList<>();
    Reply page = done("SimulateCustomPolicy", parameters.toArray(String[]::new));
    seen.addAll(page.all("EvalActionName"));
    while (page.only("IsTruncated").equals("true")) {
      List<String> next = new ArrayList<>(parameters);
      next.addAll(List.of("Marker", page.only("Marker")));
      page = done("SimulateCustomPolicy", next.toArray(String[]::new));
      seen.addAll(page.all("EvalActionName"));
    }
    assertThat(seen)
        .containsExactly(
            "dynamodb:Action1",
            "dynamodb:Action2",
            "dynamodb:Action3",
            "dynamodb:Action4",
            "dynamodb:Action5");
  }

  @Test
  void whatCannotBeSimulatedIsRefused() {
    assertThat(
            iam.call(
                    "SimulatePrincipalPolicy",
                    "PolicySourceArn",
                    BOB,
                    "ActionNames.member.1",
                    "dynamodb:GetItem")
                .refusal())
        .isEqualTo("404 NoSuchEntity: Entity with ARN " + BOB + " does not exist.");
    assertThat(
            iam.call(
                    "SimulateCustomPolicy",
                    "PolicyInputList.member.1",
                    "{}",
                    "ActionNames.member.1",
                    "dynamodb:GetItem")
                .refusal())
        .isEqualTo("400 MalformedPolicyDocument: Missing required field Statement");
  }
}
