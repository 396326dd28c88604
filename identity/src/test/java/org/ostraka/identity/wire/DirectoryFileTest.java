package org.ostraka.identity.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.Role;
import org.ostraka.identity.directory.User;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.Tags;

final class DirectoryFileTest {
  private static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");
  private static final SecretSource SECRETS =
      new SecretSource() {
        @Override
        public String file(String path) {
          if (path.equals("missing")) {
            throw new IllegalArgumentException("missing cannot be read: no such file");
          }
          return "secret-of-" + path;
        }

        @Override
        public String variable(String name) {
          return "variable-" + name;
        }
      };

  private static final String WHOLE =
      """
      {"Accounts": {"111122223333": {
        "AccessKeys": [{"AccessKeyId": "ROOT", "SecretVariable": "ROOT_SECRET"}],
        "Policies": {"reading": {"Path": "/team/", "Document":
          {"Version": "2012-10-17", "Statement":
            {"Effect": "Allow", "Action": "dynamodb:Get*", "Resource": "*"}}}},
        "Groups": {"readers": {"ManagedPolicies": ["reading"]}},
        "Users": {"bob": {
          "Groups": ["readers"], "Tags": {"team": "blue"}, "PermissionsBoundary": "reading",
          "InlinePolicies": {"list": {"Statement":
            {"Effect": "Allow", "Action": "dynamodb:ListTables", "Resource": "*",
             "Condition": {"Bool": {"aws:SecureTransport": true}}}}},
          "AccessKeys": [
            {"AccessKeyId": "AKIABOB", "SecretFile": "bob"},
            {"AccessKeyId": "AKIAOLD", "Secret": "given-secret", "Active": false}]}},
        "Roles": {"writer": {"MaxSessionDuration": 7200, "Description": "writes",
          "TrustPolicy": {"Statement":
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}},
          "ManagedPolicies": ["arn:aws:iam::111122223333:policy/team/reading"]}},
        "OidcProviders": {"https://id.example.org/x": {"ClientIds": ["web"], "Jwks": "keys.json"}}
      }}}
      """;

  private static List<Account> read(String text) {
    return DirectoryFile.read(text, SECRETS, CREATED);
  }

  @Test
  void aFileHasWholeAccounts() {
    Account account = read(WHOLE).getFirst();
    String policy = "arn:aws:iam::111122223333:policy/team/reading";
    User bob = account.user("bob").orElseThrow();
    assertThat(bob.tags().byKey()).containsEntry("team", "blue");
    assertThat(bob.boundary()).contains(policy);
    assertThat(bob.policies().inline()).containsOnlyKeys("list");
    assertThat(bob.head().created()).isEqualTo(CREATED);
    assertThat(account.groups(bob)).hasSize(1);
    assertThat(account.group("readers").orElseThrow().policies().attached())
        .containsExactly(policy);
    assertThat(account.accessKeys(Optional.of(bob)))
        .extracting(AccessKeyEntry::id, AccessKeyEntry::secret, AccessKeyEntry::isActive)
        .containsExactly(
            tuple("AKIABOB", new Secret("secret-of-bob"), true),
            tuple("AKIAOLD", new Secret("given-secret"), false));
    assertThat(account.accessKeys(Optional.empty()))
        .extracting(AccessKeyEntry::secret)
        .containsExactly(new Secret("variable-ROOT_SECRET"));
    Role writer = account.role("writer").orElseThrow();
    assertThat(writer.maxSession()).isEqualTo(Duration.ofHours(2));
    assertThat(writer.policies().attached()).containsExactly(policy);
    assertThat(writer.tags()).isEqualTo(Tags.NONE);
    assertThat(account.provider("id.example.org/x").orElseThrow().jwks()).contains("keys.json");
  }

  @Test
  void theSameFileHasTheSameIds() {
    assertThat(read(WHOLE)).isEqualTo(read(WHOLE));
    assertThat(read(WHOLE).getFirst().user("bob").orElseThrow().head().id())
        .matches("AIDA[A-Z2-7]{17}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|line 1, column 2: this is no JSON",
        "[]|line 1, column 1: an object is expected",
        "{'Account':{}}|line 1, column 12: unknown member: Account",
        "{'Accounts':{'12':{}}}|line 1, column 19: an account id has twelve digits: 12",
        "{'Accounts':{'111122223333':{'Users':{'b b':{}}}}}|line 1, column 45: The specified value"
            + " for userName is invalid. It must contain only alphanumeric characters and/or the"
            + " following: +=,.@_-",
        "{'Accounts':{'111122223333':{'Users':{'bob':{'Groups':['x']}}}}}|line 1, column 56: The"
            + " group with name x cannot be found.",
        "{'Accounts':{'111122223333':{'Users':{'bob':{'ManagedPolicies':['x']}}}}}|line 1, column"
            + " 65: Policy x does not exist or is not attachable.",
        "{'Accounts':{'111122223333':{'AccessKeys':[{'AccessKeyId':'A1B'}]}}}|line 1, column 44: a"
            + " key has one of Secret, SecretFile and SecretVariable",
        "{'Accounts':{'111122223333':{'AccessKeys':[{'AccessKeyId':'A1B','SecretFile':'missing'}]}}}|line"
            + " 1, column 44: missing cannot be read: no such file",
        "{'Accounts':{'111122223333':{'Groups':{'g':{'InlinePolicies':{'p':{'Statement':7}}}}}}}|line"
            + " 1, column 67: the policy is malformed: Syntax error at position (1,14)",
      })
  void anErrorNamesItsPlace(String text, String message) {
    assertThatThrownBy(() -> read(text.replace('\'', '"')))
        .isInstanceOf(DirectoryFileException.class)
        .hasMessage(message);
  }
}
