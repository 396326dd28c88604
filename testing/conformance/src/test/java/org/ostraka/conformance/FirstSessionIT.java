package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/**
 * The first session of the README: a vote is cast, the server is killed, and the vote is still
 * there.
 */
final class FirstSessionIT {

  private static final Map<String, AttributeValue> KEY =
      Map.of(
          "PK", AttributeValue.fromS("VOTE#123456"),
          "SK", AttributeValue.fromS("USER#998877"));

  private static final Map<String, AttributeValue> VOTE =
      Map.of(
          "PK", AttributeValue.fromS("VOTE#123456"),
          "SK", AttributeValue.fromS("USER#998877"),
          "candidateId", AttributeValue.fromS("4567"),
          "timestamp", AttributeValue.fromN("1732655598"));

  private static final Map<String, String> CREDENTIALS =
      Map.of(
          "AWS_ACCESS_KEY_ID", "local",
          "AWS_SECRET_ACCESS_KEY", "local",
          "AWS_DEFAULT_REGION", "eu-central-1",
          "AWS_PAGER", "");

  @TempDir private Path directory;

  @Test
  void aVoteCastThroughTheSdkOutlivesTheServer() throws InterruptedException {
    try (OstrakaProcess server = OstrakaProcess.serve(directory.resolve("data"));
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      client.createTable(VoteTable.request("votes"));
      client.waiter().waitUntilTableExists(describe -> describe.tableName("votes"));
      client.putItem(put -> put.tableName("votes").item(VOTE));
      server.kill9();
    }
    try (OstrakaProcess server = OstrakaProcess.serve(directory.resolve("data"));
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      GetItemResponse response = client.getItem(get -> get.tableName("votes").key(KEY));
      assertThat(response.item()).isEqualTo(VOTE);
    }
  }

  @Test
  void aVoteCastThroughTheCommandLineOutlivesTheServer() throws Exception {
    assumeTrue(Commands.isFound("aws"), "skipped: the AWS CLI, aws, is not on the PATH");
    try (OstrakaProcess server = OstrakaProcess.serve(directory.resolve("data"))) {
      createTable(server.endpoint());
      aws(
          server.endpoint(),
          "put-item",
          "--item",
          """
          {"PK":{"S":"VOTE#123456"},"SK":{"S":"USER#998877"},\
          "candidateId":{"S":"4567"},"timestamp":{"N":"1732655598"}}\
          """);
      server.kill9();
    }
    try (OstrakaProcess server = OstrakaProcess.serve(directory.resolve("data"))) {
      assertThat(readVote(server.endpoint()))
          .isEqualToNormalizingWhitespace("4567 1732655598 USER#998877");
      assertThat(readStream(server.endpoint()))
          .isEqualToNormalizingWhitespace("INSERT USER#998877 4567");
    }
  }

  private static void createTable(URI endpoint) throws Exception {
    aws(
        endpoint,
        "create-table",
        "--attribute-definitions",
        "AttributeName=PK,AttributeType=S",
        "AttributeName=SK,AttributeType=S",
        "--key-schema",
        "AttributeName=PK,KeyType=HASH",
        "AttributeName=SK,KeyType=RANGE",
        "--billing-mode",
        "PAY_PER_REQUEST",
        "--stream-specification",
        "StreamEnabled=true,StreamViewType=NEW_IMAGE");
  }

  private static String readVote(URI endpoint) throws Exception {
    return aws(
        endpoint,
        "get-item",
        "--key",
        """
        {"PK":{"S":"VOTE#123456"},"SK":{"S":"USER#998877"}}\
        """,
        "--output",
        "text",
        "--query",
        "[Item.candidateId.S, Item.timestamp.N, Item.SK.S]");
  }

  private static String readStream(URI endpoint) throws Exception {
    String arn =
        streams(
            endpoint, "list-streams", "--table-name", "votes", "--query", "Streams[0].StreamArn");
    String shard =
        streams(
            endpoint,
            "describe-stream",
            "--stream-arn",
            arn,
            "--query",
            "StreamDescription.Shards[0].ShardId");
    String iterator =
        streams(
            endpoint,
            "get-shard-iterator",
            "--stream-arn",
            arn,
            "--shard-id",
            shard,
            "--shard-iterator-type",
            "TRIM_HORIZON");
    return streams(
        endpoint,
        "get-records",
        "--shard-iterator",
        iterator,
        "--query",
        "Records[].[eventName, dynamodb.NewImage.SK.S, dynamodb.NewImage.candidateId.S]");
  }

  /** Runs {@code aws dynamodbstreams} and returns what it printed, without the line's end. */
  private static String streams(URI endpoint, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("aws", "--endpoint-url", endpoint.toString(), "dynamodbstreams"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--output", "text"));
    return Commands.run(CREDENTIALS, command).strip();
  }

  /** Runs {@code aws dynamodb} on the table of votes. */
  private static String aws(URI endpoint, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("aws", "--endpoint-url", endpoint.toString(), "dynamodb"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--table-name", "votes"));
    return Commands.run(CREDENTIALS, command);
  }
}
