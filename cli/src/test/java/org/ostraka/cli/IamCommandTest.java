package org.ostraka.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Principals in the data directory of a server that does not run. */
final class IamCommandTest {
  private static final String ALLOW =
      "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"dynamodb:*\",\"Resource\":\"*\"}}";
  private static final String TRUST =
      "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}}";

  @TempDir Path parent;

  private record Outcome(int status, String out, String err) {}

  private Outcome iam(String... arguments) {
    List<String> all = new ArrayList<>(List.of("iam"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--data", parent.resolve("data").toString(), "--account", "111122223333"));
    return run(all.toArray(String[]::new));
  }

  private static Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Outcome(status, out.toString(), err.toString());
  }

  private void done(String... arguments) {
    Outcome outcome = iam(arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  @Test
  void usersRolesAndPoliciesAreMadeShownAndDeleted() throws Exception {
    Path document = Files.writeString(parent.resolve("policy.json"), ALLOW);
    done("create-user", "--user-name", "bob");
    done("create-group", "--group-name", "all");
    done("create-role", "--role-name", "writer", "--assume-role-policy-document", TRUST);
    done(
        "put-user-policy",
        "--user-name",
        "bob",
        "--policy-name",
        "p",
        "--policy-document",
        "file://" + document);
    assertThat(iam("get-user-policy", "--user-name", "bob", "--policy-name", "p").out())
        .isEqualTo(ALLOW + "\n");
    String arn = "arn:aws:iam::111122223333:policy/reading";
    assertThat(iam("create-policy", "--policy-name", "reading", "--policy-document", ALLOW).out())
        .isEqualTo(arn + "\n");
    done("attach-role-policy", "--role-name", "writer", "--policy-arn", arn);
    assertThat(iam("list-users").out()).isEqualTo("arn:aws:iam::111122223333:user/bob\n");
    assertThat(iam("list-roles").out()).isEqualTo("arn:aws:iam::111122223333:role/writer\n");
    assertThat(iam("list-policies").out()).isEqualTo(arn + "\n");
    assertThat(iam("delete-policy", "--policy-arn", arn))
        .isEqualTo(
            new Outcome(
                1, "", "ostraka: DeleteConflict: Cannot delete a policy attached to entities.\n"));
    done("delete-user-policy", "--user-name", "bob", "--policy-name", "p");
    done("delete-user", "--user-name", "bob");
    assertThat(iam("list-users").out()).isEmpty();
  }

  @Test
  void aSimulationSaysWhatEachStatementHasToDoWithARequest() {
    done("create-user", "--user-name", "bob");
    done(
        "put-user-policy",
        "--user-name",
        "bob",
        "--policy-name",
        "own",
        "--policy-document",
        """
        {"Version": "2012-10-17", "Statement": [
          {"Sid": "Read", "Effect": "Allow", "Action": "dynamodb:Get*", "Resource": "*",
           "Condition": {"StringEquals": {"dynamodb:Select": "COUNT"}}},
          {"Effect": "Deny", "Action": "dynamodb:Delete*", "NotResource": "arn:aws:dynamodb:*:*:table/T"}]}
        """);
    String table = "arn:aws:dynamodb:us-east-1:111122223333:table/T";
    List<String> request =
        List.of(
            "simulate",
            "--policy-source-arn",
            "arn:aws:iam::111122223333:user/bob",
            "--action",
            "dynamodb:GetItem",
            "--resource",
            table);
    assertThat(iam(request.toArray(String[]::new)).out())
        .isEqualTo(
            """
            implicitly denied: no identity-based policy allows the action
            Within one account, the identity or the resource must be allowed.
            resource-based policy: there is none
            identity-based policy: does not allow
              user_bob_own, statement 1 (Read), Allow: does not apply
                StringEquals expects dynamodb:Select COUNT and the request has no such key
              user_bob_own, statement 2, Deny: does not apply
                Action is dynamodb:Delete*
                NotResource is arn:aws:dynamodb:*:*:table/T
            permissions boundary: there is none
            session policy: there is none
            keys that policies name and the request does not have: dynamodb:Select
            """);
    List<String> counted = new ArrayList<>(request);
    counted.addAll(List.of("--context", "dynamodb:Select=COUNT"));
    assertThat(iam(counted.toArray(String[]::new)).out())
        .startsWith("allowed by identity-based policy, user_bob_own, statement 1 (Read)\n")
        .contains("  user_bob_own, statement 1 (Read), Allow: applies\n");
    List<String> granted = new ArrayList<>(request);
    granted.addAll(
        List.of(
            "--resource-policy",
            "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},"
                + "\"Action\":\"dynamodb:*\",\"Resource\":\"*\"}}"));
    assertThat(iam(granted.toArray(String[]::new)).out())
        .startsWith("implicitly denied: no identity-based policy allows the action\n")
        .contains("applies by naming the account, which leaves it to the identity's policies\n");
  }

  @Test
  void aSimulationNeedsAPrincipal() {
    String table = "arn:aws:dynamodb:us-east-1:111122223333:table/T";
    assertThat(iam("simulate", "--policy-source-arn", table, "--action", "dynamodb:GetItem"))
        .isEqualTo(
            new Outcome(
                1, "", "ostraka: NoSuchEntity: Entity with ARN " + table + " does not exist.\n"));
  }

  @Test
  void keysAreShownOnceAndDeleted() {
    String shown = iam("create-access-key").out();
    assertThat(shown)
        .matches("AWS_ACCESS_KEY_ID=AKIA[A-Z2-7]{16}\nAWS_SECRET_ACCESS_KEY=[A-Za-z0-9/+]{40}\n");
    String id = shown.substring("AWS_ACCESS_KEY_ID=".length(), shown.indexOf('\n'));
    assertThat(iam("list-access-keys").out()).isEqualTo(id + " Active\n");
    done("delete-access-key", "--access-key-id", id);
    assertThat(iam("list-access-keys").out()).isEmpty();
  }

  @Test
  void whatIsWrongIsOneLine() {
    assertThat(iam("delete-user", "--user-name", "bob"))
        .isEqualTo(
            new Outcome(1, "", "ostraka: NoSuchEntity: The user with name bob cannot be found.\n"));
    assertThat(
            iam(
                "create-role",
                "--role-name",
                "r",
                "--assume-role-policy-document",
                "file://" + parent.resolve("none")))
        .satisfies(outcome -> {
          assertThat(outcome.status()).isEqualTo(2);
          assertThat(outcome.err()).contains("none cannot be read");
        });
    assertThat(run("iam").err())
        .isEqualTo("ostraka: name a command of iam; ostraka iam --help lists them (see --help)\n");
    assertThat(run("iam", "fly").status()).isEqualTo(2);
  }
}
