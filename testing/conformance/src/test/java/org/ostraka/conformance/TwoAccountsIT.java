package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.conformance.OstrakaProcess.Ended;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Users of two accounts with the AWS SDK for Java: what their policies and that of a table allow,
 * and what happens to keys that are wrong, disabled or deleted.
 */
final class TwoAccountsIT {
  private static final String HOME = "111111111111";
  private static final String AWAY = "222222222222";
  private static final String TABLE_ARN = "arn:aws:dynamodb:us-east-1:" + HOME + ":table/votes";

  @TempDir private Path directory;

  private Path file(String bobsKeys) throws IOException {
    return Files.writeString(
        directory.resolve("iam.json"),
        """
        {"Accounts": {
          "%s": {
            "AccessKeys": [{"AccessKeyId": "AKHOME", "Secret": "planted-home"}],
            "Users": {
              "bob": {
                "InlinePolicies": {"get": {"Version": "2012-10-17", "Statement":
                  {"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "%s"}}},
                "AccessKeys": [%s]},
              "old": {"AccessKeys":
                [{"AccessKeyId": "AKOLD", "Secret": "planted-old", "Active": false}]}}},
          "%s": {
            "Users": {
              "amy": {
                "InlinePolicies": {"all": {"Version": "2012-10-17", "Statement":
                  {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}}},
                "AccessKeys": [{"AccessKeyId": "AKAMY", "SecretFile": "amy.secret"}]}}}
        }}
        """
            .formatted(HOME, TABLE_ARN, bobsKeys, AWAY));
  }

  @Test
  void eachUserMayDoWhatPoliciesAllow() throws Exception {
    Files.writeString(directory.resolve("amy.secret"), "planted-amy\n");
    Path file = file("{\"AccessKeyId\": \"AKBOB\", \"Secret\": \"planted-bob\"}");
    try (OstrakaProcess server =
            OstrakaProcess.serveWith(directory.resolve("data"), "--iam-file", file.toString());
        DynamoDbClient home = client(server.endpoint(), "AKHOME", "planted-home");
        DynamoDbClient bob = client(server.endpoint(), "AKBOB", "planted-bob");
        DynamoDbClient amy = client(server.endpoint(), "AKAMY", "planted-amy")) {
      home.createTable(VoteTable.request("votes"));
      home.putItem(put -> put.tableName("votes").item(VoteTable.key("1")));
      get(bob, "votes");
      refused(
          () -> bob.putItem(put -> put.tableName("votes").item(VoteTable.key("2"))),
          "AccessDeniedException",
          "User: arn:aws:iam::111111111111:user/bob is not authorized to perform: dynamodb:PutItem"
              + " on resource: "
              + TABLE_ARN
              + " because no identity-based policy allows the dynamodb:PutItem action");
      refused(() -> get(amy, TABLE_ARN), "AccessDeniedException", "Access is denied");
      home.putResourcePolicy(put ->
          put.resourceArn(TABLE_ARN)
              .policy(
                  """
                  {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
                   "Principal": {"AWS": "arn:aws:iam::%s:user/amy"},
                   "Action": "dynamodb:GetItem", "Resource": "%s"}}\
                  """
                      .formatted(AWAY, TABLE_ARN)));
      get(amy, TABLE_ARN);
      refused(
          () -> amy.putItem(put -> put.tableName(TABLE_ARN).item(VoteTable.key("2"))),
          "AccessDeniedException",
          "User: arn:aws:iam::222222222222:user/amy is not authorized to perform: dynamodb:PutItem"
              + " on resource: "
              + TABLE_ARN
              + " because no resource-based policy allows the dynamodb:PutItem action");
      assertThat(amy.listTables().tableNames()).isEmpty();
      wrongKeysAreRefused(server.endpoint());
      file("");
      awaitRefusal(bob);
      get(amy, TABLE_ARN);
      Ended end = server.terminate();
      assertThat(end.output()).doesNotContain("planted");
    }
  }

  private static void wrongKeysAreRefused(URI endpoint) {
    try (DynamoDbClient wrong = client(endpoint, "AKBOB", "planted-not");
        DynamoDbClient disabled = client(endpoint, "AKOLD", "planted-old")) {
      refused(
          wrong::listTables,
          "InvalidSignatureException",
          "The request signature we calculated does not match");
      refused(
          disabled::listTables,
          "UnrecognizedClientException",
          "The security token included in the request is invalid.");
    }
  }

  /** Sends requests until the server has read the file again. */
  private static void awaitRefusal(DynamoDbClient client) {
    long end = System.nanoTime() + OstrakaProcess.LIMIT.toNanos();
    Optional<DynamoDbException> refusal = Optional.empty();
    while (refusal.isEmpty() && System.nanoTime() < end) {
      try {
        get(client, "votes");
      } catch (DynamoDbException refused) {
        refusal = Optional.of(refused);
      }
    }
    assertThat(refusal.orElseThrow().awsErrorDetails().errorCode())
        .isEqualTo("UnrecognizedClientException");
  }

  @Test
  void aRootKeyIsMadeAndShownOnce() throws Exception {
    Path data = directory.resolve("data");
    String id;
    String secret;
    try (OstrakaProcess server = OstrakaProcess.serveWith(data, "--auth")) {
      URI endpoint = server.endpoint();
      List<String> lines = server.terminate().standardOutput();
      assertThat(endpoint).isNotNull();
      id = value(lines, "AWS_ACCESS_KEY_ID=");
      secret = value(lines, "AWS_SECRET_ACCESS_KEY=");
    }
    try (OstrakaProcess server = OstrakaProcess.serveWith(data, "--auth")) {
      URI endpoint = server.endpoint();
      try (DynamoDbClient root = client(endpoint, id, secret);
          DynamoDbClient other = client(endpoint, "local", "local")) {
        assertThat(root.listTables().tableNames()).isEmpty();
        refused(
            other::listTables,
            "UnrecognizedClientException",
            "The security token included in the request is invalid.");
      }
      Ended end = server.terminate();
      assertThat(end.output()).doesNotContain(secret).doesNotContain("shown only now");
      assertThat(end.standardOutput()).contains("Signatures are verified");
    }
  }

  private static String value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst()
        .orElseThrow();
  }

  private static void get(DynamoDbClient client, String table) {
    assertThat(client.getItem(get -> get.tableName(table).key(VoteTable.key("1"))).hasItem())
        .isTrue();
  }

  private static void refused(Runnable call, String error, String message) {
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(call::run)
        .satisfies(refusal -> {
          assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(error);
          assertThat(refusal.awsErrorDetails().errorMessage()).startsWith(message);
        });
  }

  private static DynamoDbClient client(URI endpoint, String id, String secret) {
    return SdkClients.connect(endpoint, AwsBasicCredentials.create(id, secret));
  }
}
