package org.ostraka.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.server.query.IdentityClient.Reply;

/**
 * Answers and refusals of IAM. The shapes are those of the IAM API Reference. Sources of the texts:
 * rebuy-de/aws-nuke issue 1 (more than one version), redradrat/aws-iam-operator issue 13 (the
 * default version), serverless/components issue 312 (an attached policy), aws-controllers-k8s issue
 * 2229 (access keys first), terraform pull request 9900 (detach first), go-to-k/delstack issue 40
 * (users of a group), simonw/s3-credentials issue 64 (two access keys), qontract-reconcile pull
 * request 2640 (names), cloud-platform-environments pull request 14473 (PolicySize).
 */
final class IdentityServiceTest {
  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:*","Resource":"*"}]}\
      """;
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},\
      "Action":"sts:AssumeRole"}]}\
      """;
  private static final String ARN = "arn:aws:iam::123456789012:";

  private final IdentityClient iam = new IdentityClient();

  @AfterEach
  void close() {
    iam.close();
  }

  @Test
  void aUserIsMadeReadChangedAndDeleted() {
    Reply made =
        done(
            "CreateUser",
            "UserName",
            "Bob",
            "Path",
            "/team/",
            "Tags.member.1.Key",
            "cost",
            "Tags.member.1.Value",
            "a b");
    assertThat(made.text())
        .startsWith(
            "<CreateUserResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
                + "<CreateUserResult><User><Path>/team/</Path><UserName>Bob</UserName><UserId>AIDA")
        .contains("<Arn>arn:aws:iam::123456789012:user/team/Bob</Arn>")
        .contains("<CreateDate>2026-11-28T12:00:00Z</CreateDate>")
        .contains("<Tags><member><Key>cost</Key><Value>a b</Value></member></Tags>");
    assertThat(done("GetUser", "UserName", "bob").only("UserId")).isEqualTo(made.only("UserId"));
    done("UpdateUser", "UserName", "Bob", "NewUserName", "Robert", "NewPath", "/");
    assertThat(done("GetUser", "UserName", "Robert").only("Arn")).isEqualTo(ARN + "user/Robert");
    assertRefused(
        "404 NoSuchEntity: The user with name Bob cannot be found.", "GetUser", "UserName", "Bob");
    Reply deleted = done("DeleteUser", "UserName", "Robert");
    assertThat(deleted.text())
        .isEqualTo(
            "<DeleteUserResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
                + "<ResponseMetadata><RequestId>00000000-0000-0001-0000-000000000002</RequestId>"
                + "</ResponseMetadata></DeleteUserResponse>\n");
    assertRefused(
        "404 NoSuchEntity: The user with name Robert cannot be found.",
        "DeleteUser",
        "UserName",
        "Robert");
  }

  @Test
  void namesAreUniqueWithoutCaseAndHaveLegalCharacters() {
    done("CreateUser", "UserName", "Bob");
    assertRefused(
        "409 EntityAlreadyExists: User with name bob already exists.",
        "CreateUser",
        "UserName",
        "bob");
    assertRefused(
        "400 ValidationError: The specified value for userName is invalid. It must contain only"
            + " alphanumeric characters and/or the following: +=,.@_-",
        "GetUser",
        "UserName",
        "B b");
    assertRefused(
        "400 ValidationError: 1 validation error detected: Value null at 'userName' failed to"
            + " satisfy constraint: Member must not be null",
        "CreateUser");
  }

  @Test
  void listsArePagedAndFilteredByPath() {
    for (String name : List.of("c", "A", "b", "d", "E")) {
      done("CreateUser", "UserName", name, "Path", name.equals("d") ? "/x/" : "/y/");
    }
    List<String> seen = new ArrayList<>();
    Reply page = done("ListUsers", "MaxItems", "2");
    seen.addAll(page.all("UserName"));
    while (page.only("IsTruncated").equals("true")) {
      page = done("ListUsers", "MaxItems", "2", "Marker", page.only("Marker"));
      seen.addAll(page.all("UserName"));
    }
    assertThat(seen).containsExactly("A", "b", "c", "d", "E");
    assertThat(page.all("Marker")).isEmpty();
    assertThat(done("ListUsers", "PathPrefix", "/x/").all("UserName")).containsExactly("d");
    assertThat(done("ListUsers", "PathPrefix", "/z").all("UserName")).isEmpty();
    assertRefused("400 ValidationError: Invalid Marker.", "ListUsers", "Marker", "!");
  }

  @Test
  void aKeyThatWasNeverUsedHasNoDate() {
    done("CreateUser", "UserName", "Bob");
    String id = done("CreateAccessKey", "UserName", "Bob").only("AccessKeyId");
    assertThat(done("GetAccessKeyLastUsed", "AccessKeyId", id).text())
        .contains(
            "<GetAccessKeyLastUsedResult><UserName>Bob</UserName><AccessKeyLastUsed>"
                + "<ServiceName>N/A</ServiceName><Region>N/A</Region></AccessKeyLastUsed>");
    assertRefused(
        "404 NoSuchEntity: The Access Key with id AKIAAAAAAAAAAAAAAAAA cannot be found",
        "GetAccessKeyLastUsed",
        "AccessKeyId",
        "AKIAAAAAAAAAAAAAAAAA");
  }

  @Test
  void accessKeysAreMadeListedSwitchedAndDeleted() {
    done("CreateUser", "UserName", "Bob");
    Reply made = done("CreateAccessKey", "UserName", "Bob");
    String id = made.only("AccessKeyId");
    assertThat(id).matches("AKIA[A-Z2-7]{16}");
    assertThat(made.only("SecretAccessKey")).hasSize(40);
    assertThat(made.only("Status")).isEqualTo("Active");
    done("UpdateAccessKey", "UserName", "Bob", "AccessKeyId", id, "Status", "Inactive");
    Reply listed = done("ListAccessKeys", "UserName", "Bob");
    assertThat(listed.only("Status")).isEqualTo("Inactive");
    assertThat(listed.all("SecretAccessKey")).isEmpty();
    done("CreateAccessKey", "UserName", "Bob");
    assertRefused(
        "409 LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2",
        "CreateAccessKey",
        "UserName",
        "Bob");
    assertRefused(
        "409 DeleteConflict: Cannot delete entity, must delete access keys first.",
        "DeleteUser",
        "UserName",
        "Bob");
    done("DeleteAccessKey", "UserName", "Bob", "AccessKeyId", id);
    assertRefused(
        "404 NoSuchEntity: The Access Key with id " + id + " cannot be found.",
        "DeleteAccessKey",
        "UserName",
        "Bob",
        "AccessKeyId",
        id);
    assertRefused(
        "400 ValidationError: 1 validation error detected: Value 'Off' at 'status' failed to"
            + " satisfy constraint: Member must satisfy enum value set: [Active, Inactive]",
        "UpdateAccessKey",
        "AccessKeyId",
        id,
        "Status",
        "Off");
  }

  @Test
  void aRequestWithoutAUserMeansTheKeysOfTheRoot() {
    String id = done("CreateAccessKey").only("AccessKeyId");
    assertThat(done("ListAccessKeys").all("AccessKeyId")).containsExactly(id);
    assertThat(done("ListAccessKeys").all("UserName")).isEmpty();
    done("DeleteAccessKey", "AccessKeyId", id);
    assertThat(done("ListAccessKeys").all("AccessKeyId")).isEmpty();
  }

  @Test
  void embeddedPoliciesAreKeptAsTheyWereWritten() {
    done("CreateUser", "UserName", "Bob");
    String spaced = POLICY.replace("{\"Eff", " {\n\"Eff");
    done("PutUserPolicy", "UserName", "Bob", "PolicyName", "all", "PolicyDocument", spaced);
    Reply got = done("GetUserPolicy", "UserName", "Bob", "PolicyName", "all");
    assertThat(got.only("PolicyDocument"))
        .startsWith("%7B%22Version%22%3A%222012-10-17%22")
        .contains("%20%7B%0A%22Effect");
    assertThat(URLDecoder.decode(got.only("PolicyDocument"), StandardCharsets.UTF_8))
        .isEqualTo(spaced);
    assertThat(done("ListUserPolicies", "UserName", "Bob").all("member")).containsExactly("all");
    assertRefused(
        "409 DeleteConflict: Cannot delete entity, must delete policies first.",
        "DeleteUser",
        "UserName",
        "Bob");
    done("DeleteUserPolicy", "UserName", "Bob", "PolicyName", "all");
    assertRefused(
        "404 NoSuchEntity: The user policy with name all cannot be found.",
        "GetUserPolicy",
        "UserName",
        "Bob",
        "PolicyName",
        "all");
    assertRefused(
        "400 MalformedPolicyDocument: This policy contains invalid Json",
        "PutUserPolicy",
        "UserName",
        "Bob",
        "PolicyName",
        "x",
        "PolicyDocument",
        "{");
  }

  @Test
  void managedPoliciesHaveVersionsAndAreAttached() {
    Reply made =
        done(
            "CreatePolicy",
            "PolicyName",
            "Reader",
            "PolicyDocument",
            POLICY,
            "Description",
            "reads");
    String arn = made.only("Arn");
    assertThat(arn).isEqualTo(ARN + "policy/Reader");
    assertThat(made.only("DefaultVersionId")).isEqualTo("v1");
    done("CreateUser", "UserName", "Bob");
    done("AttachUserPolicy", "UserName", "Bob", "PolicyArn", arn);
    assertThat(done("ListAttachedUserPolicies", "UserName", "Bob").only("PolicyArn"))
        .isEqualTo(arn);
    assertThat(done("GetPolicy", "PolicyArn", arn).only("AttachmentCount")).isEqualTo("1");
    assertThat(done("ListEntitiesForPolicy", "PolicyArn", arn).all("UserName"))
        .containsExactly("Bob");
    assertRefused(
        "409 DeleteConflict: Cannot delete a policy attached to entities.",
        "DeletePolicy",
        "PolicyArn",
        arn);
    assertRefused(
        "409 DeleteConflict: Cannot delete entity, must detach all policies first.",
        "DeleteUser",
        "UserName",
        "Bob");
    done("DetachUserPolicy", "UserName", "Bob", "PolicyArn", arn);
    assertThat(
            done("CreatePolicyVersion", "PolicyArn", arn, "PolicyDocument", POLICY)
                .only("IsDefaultVersion"))
        .isEqualTo("false");
    done("SetDefaultPolicyVersion", "PolicyArn", arn, "VersionId", "v2");
    assertThat(done("ListPolicyVersions", "PolicyArn", arn).all("VersionId"))
        .containsExactly("v2", "v1");
    assertThat(done("GetPolicyVersion", "PolicyArn", arn, "VersionId", "v2").only("Document"))
        .isNotEmpty();
    assertRefused(
        "409 DeleteConflict: Cannot delete the default version of a policy.",
        "DeletePolicyVersion",
        "PolicyArn",
        arn,
        "VersionId",
        "v2");
    assertRefused(
        "409 DeleteConflict: This policy has more than one version. Before you delete a policy, you"
            + " must delete the policy's versions. The default version is deleted with the policy.",
        "DeletePolicy",
        "PolicyArn",
        arn);
    done("DeletePolicyVersion", "PolicyArn", arn, "VersionId", "v1");
    done("DeletePolicy", "PolicyArn", arn);
    assertRefused(
        "404 NoSuchEntity: Policy " + arn + " was not found.", "GetPolicy", "PolicyArn", arn);
  }

  @Test
  void aManagedPolicyHasAGreatestSize() {
    String longer = POLICY.replace("\"*\"", "\"arn:aws:dynamodb:::" + "a".repeat(6_200) + "\"");
    assertRefused(
        "409 LimitExceeded: Cannot exceed quota for PolicySize: 6144",
        "CreatePolicy",
        "PolicyName",
        "Long",
        "PolicyDocument",
        longer);
  }

  @Test
  void rolesHaveTrustPoliciesAndSessions() {
    Reply made =
        done(
            "CreateRole",
            "RoleName",
            "Reader",
            "AssumeRolePolicyDocument",
            TRUST,
            "MaxSessionDuration",
            "7200");
    assertThat(made.only("RoleId")).startsWith("AROA");
    assertThat(made.only("MaxSessionDuration")).isEqualTo("7200");
    assertThat(done("UpdateRole", "RoleName", "Reader", "Description", "reads").text())
        .contains("<UpdateRoleResult></UpdateRoleResult>");
    assertThat(done("GetRole", "RoleName", "Reader").only("Description")).isEqualTo("reads");
    done("PutRolePolicy", "RoleName", "Reader", "PolicyName", "p", "PolicyDocument", POLICY);
    assertThat(done("ListRolePolicies", "RoleName", "Reader").all("member")).containsExactly("p");
    assertThat(done("ListInstanceProfilesForRole", "RoleName", "Reader").only("IsTruncated"))
        .isEqualTo("false");
    done("DeleteRolePolicy", "RoleName", "Reader", "PolicyName", "p");
    done("DeleteRole", "RoleName", "Reader");
    assertRefused(
        "400 MalformedPolicyDocument: Has prohibited field Resource",
        "CreateRole",
        "RoleName",
        "Bad",
        "AssumeRolePolicyDocument",
        TRUST.replace("\"Action\"", "\"Resource\":\"*\",\"Action\""));
  }

  @Test
  void groupsHaveMembersAndPolicies() {
    done("CreateUser", "UserName", "Bob");
    done("CreateGroup", "GroupName", "Team");
    done("AddUserToGroup", "GroupName", "Team", "UserName", "Bob");
    assertThat(done("GetGroup", "GroupName", "Team").only("UserName")).isEqualTo("Bob");
    assertThat(done("ListGroupsForUser", "UserName", "Bob").only("GroupName")).isEqualTo("Team");
    done("PutGroupPolicy", "GroupName", "Team", "PolicyName", "p", "PolicyDocument", POLICY);
    assertRefused(
        "409 DeleteConflict: Cannot delete entity, must remove users from group first.",
        "DeleteGroup",
        "GroupName",
        "Team");
    assertRefused(
        "409 DeleteConflict: Cannot delete entity, must remove users from group first.",
        "DeleteUser",
        "UserName",
        "Bob");
    done("RemoveUserFromGroup", "GroupName", "Team", "UserName", "Bob");
    done("DeleteGroupPolicy", "GroupName", "Team", "PolicyName", "p");
    done("DeleteGroup", "GroupName", "Team");
  }

  @Test
  void boundariesAndTagsAreSetAndTold() {
    String arn = done("CreatePolicy", "PolicyName", "Limit", "PolicyDocument", POLICY).only("Arn");
    done("CreateUser", "UserName", "Bob");
    done("PutUserPermissionsBoundary", "UserName", "Bob", "PermissionsBoundary", arn);
    assertThat(done("GetUser", "UserName", "Bob").only("PermissionsBoundaryArn")).isEqualTo(arn);
    assertThat(done("GetPolicy", "PolicyArn", arn).only("PermissionsBoundaryUsageCount"))
        .isEqualTo("1");
    done("DeleteUserPermissionsBoundary", "UserName", "Bob");
    done("TagUser", "UserName", "Bob", "Tags.member.1.Key", "k", "Tags.member.1.Value", "v");
    assertThat(done("ListUserTags", "UserName", "Bob").only("Value")).isEqualTo("v");
    done("UntagUser", "UserName", "Bob", "TagKeys.member.1", "k");
    assertThat(done("ListUserTags", "UserName", "Bob").all("Value")).isEmpty();
  }

  @Test
  void providersAreMadeListedAndDeleted() {
    String arn =
        done(
                "CreateOpenIDConnectProvider",
                "Url",
                "https://id.example.com/a",
                "ClientIDList.member.1",
                "app")
            .only("OpenIDConnectProviderArn");
    assertThat(arn).isEqualTo(ARN + "oidc-provider/id.example.com/a");
    Reply got = done("GetOpenIDConnectProvider", "OpenIDConnectProviderArn", arn);
    assertThat(got.only("Url")).isEqualTo("id.example.com/a");
    assertThat(got.all("member")).containsExactly("app");
    assertThat(done("ListOpenIDConnectProviders").only("Arn")).isEqualTo(arn);
    done("DeleteOpenIDConnectProvider", "OpenIDConnectProviderArn", arn);
    assertRefused(
        "404 NoSuchEntity: OpenIDConnect Provider not found for arn " + arn,
        "GetOpenIDConnectProvider",
        "OpenIDConnectProviderArn",
        arn);
  }

  private Reply done(String action, String... parameters) {
    Reply reply = iam.call(action, parameters);
    assertThat(reply.status()).as(action + ": " + reply.text()).isEqualTo(200);
    return reply;
  }

  private void assertRefused(String refusal, String action, String... parameters) {
    assertThat(iam.call(action, parameters).refusal()).as(action).isEqualTo(refusal);
  }
}
