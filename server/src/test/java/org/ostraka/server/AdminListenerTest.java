package org.ostraka.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.delivery.settings.DeliverySettings;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.config.AdminAddress;
import org.ostraka.server.config.DeliveryTargets;
import org.ostraka.server.config.Encryption;
import org.ostraka.server.config.PeerSettings;
import org.ostraka.server.config.PrincipalSettings;
import org.ostraka.server.config.Protection;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.http.AllowedOrigins;

/** The admin listener tells metrics and health, and the dashboard asks for what there is. */
@Timeout(120)
final class AdminListenerTest {
  private static final Path DASHBOARD = Path.of("../deploy/grafana-dashboard.json");
  private static final Pattern METRIC = Pattern.compile("\\b(?:dynamodb|ostraka|jvm)_[a-z_]+");
  private static final String INDEXED =
      """
      {"TableName":"orders",
       "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},
                               {"AttributeName":"city","AttributeType":"S"}],
       "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
       "ProvisionedThroughput":{"ReadCapacityUnits":7,"WriteCapacityUnits":1},
       "GlobalSecondaryIndexes":[{"IndexName":"by-city",
         "KeySchema":[{"AttributeName":"city","KeyType":"HASH"}],
         "Projection":{"ProjectionType":"ALL"},
         "ProvisionedThroughput":{"ReadCapacityUnits":8,"WriteCapacityUnits":9}}]}
      """;
  private static final String ACCOUNT = "account=\"000000000000\",region=\"us-east-1\"";
  private static final String ORDER =
      "account=\"000000000000\",region=\"us-east-1\",table_name=\"orders\"";

  @TempDir private Path data;
  private FakeKinesis kinesis;
  private OstrakaServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    kinesis = FakeKinesis.start();
    server =
        OstrakaServer.start(
            new ServerSettings(
                loopback,
                0,
                AllowedHosts.LOOPBACK,
                AllowedOrigins.LOCALHOST,
                new StoreLocation.InDirectory(data),
                false,
                ServerSettings.DEFAULT_BLOCK_CACHE_BYTES,
                Set.of(),
                Accounts.single(Accounts.DEFAULT_ACCOUNT),
                PrincipalSettings.NONE,
                0,
                new DeliveryTargets(
                    Optional.of(kinesis.endpoint()), DeliverySettings.NONE, PeerSettings.NONE),
                Protection.NONE,
                Encryption.NONE,
                EngineSettings.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new AdminAddress(loopback, 0))),
            _ -> {});
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    kinesis.close();
  }

  @Test
  void requestsAreCountedByTableIndexAndOperation() throws Exception {
    useTable();
    assertThat(admin("/metrics"))
        .contains("dynamodb_consumed_write_capacity_units_total{" + labels("", "orders") + "} 4.0")
        .contains(
            "dynamodb_consumed_write_capacity_units_total{" + labels("by-city", "orders") + "} 3.0")
        .contains("dynamodb_provisioned_read_capacity_units{" + labels("", "orders") + "} 7.0")
        .contains(
            "dynamodb_provisioned_write_capacity_units{" + labels("by-city", "orders") + "} 9.0")
        .contains(
            "dynamodb_successful_request_latency_seconds_count{"
                + "account=\"000000000000\",operation=\"PutItem\",region=\"us-east-1\""
                + ",table_name=\"orders\"} 3")
        .contains("dynamodb_conditional_check_failed_requests_total{" + ORDER + "} 1.0")
        .containsPattern(
            "dynamodb_write_throttle_events_total\\{[^}]*limit=\"provisioned\"[^}]*} [1-9]")
        .contains("dynamodb_time_to_live_deleted_item_count_total{" + ORDER + "} 0.0");
  }

  /** Requests that are refused for their contents are the account's, whatever the table. */
  @Test
  void userErrorsAndQuotasAreToldByAccount() throws Exception {
    useTable();
    assertThat(admin("/metrics")).doesNotContain("dynamodb_user_errors_total");
    call("GetItem", "{\"TableName\":\"nowhere\",\"Key\":{\"id\":{\"S\":\"1\"}}}");
    call("GetItem", "{\"TableName\":\"orders\",\"Key\":{}}");
    assertThat(admin("/metrics"))
        .contains("dynamodb_user_errors_total{" + ACCOUNT + "} 2.0")
        .contains("dynamodb_account_max_reads{" + ACCOUNT + "} 80000.0")
        .contains("dynamodb_account_max_writes{" + ACCOUNT + "} 80000.0")
        .contains("dynamodb_account_max_table_level_reads{" + ACCOUNT + "} 40000.0")
        .contains("dynamodb_account_max_table_level_writes{" + ACCOUNT + "} 40000.0")
        .contains(
            "dynamodb_account_provisioned_read_capacity_utilization_ratio{"
                + ACCOUNT
                + "} "
                + 15.0 / 80_000)
        .contains(
            "dynamodb_account_provisioned_write_capacity_utilization_ratio{"
                + ACCOUNT
                + "} "
                + 10.0 / 80_000)
        .contains(
            "dynamodb_max_provisioned_table_read_capacity_utilization_ratio{"
                + ACCOUNT
                + "} "
                + 8.0 / 40_000)
        .contains(
            "dynamodb_max_provisioned_table_write_capacity_utilization_ratio{"
                + ACCOUNT
                + "} "
                + 9.0 / 40_000);
  }

  @Test
  void readingOfStreamsIsCounted() throws Exception {
    String stream = makeStream();
    readStream(stream);
    String labels =
        "account=\"000000000000\",operation=\"GetRecords\",region=\"us-east-1\",stream_label=\""
            + stream.substring(stream.lastIndexOf('/') + 1)
            + "\",table_name=\"followed\"";
    assertThat(admin("/metrics"))
        .contains("dynamodb_returned_records_count_total{" + labels + "} 2.0")
        .contains("dynamodb_successful_request_latency_seconds_count{" + labels + "} 1")
        .containsPattern("dynamodb_returned_bytes_total\\{" + labels + "} [1-9]");
  }

  /** The first request to Kinesis is throttled, and then nothing waits. */
  @Test
  void theDeliveryToKinesisIsTold() throws Exception {
    useTable();
    sendToKinesis();
    assertThat(admin("/metrics"))
        .contains("dynamodb_throttled_put_record_count_total{" + ORDER + "} 1.0")
        .contains("dynamodb_failed_to_replicate_record_count_total{" + ORDER + "} 0.0")
        .containsPattern(
            "dynamodb_age_of_oldest_unreplicated_record_seconds\\{" + ORDER + "} [0-9.]+");
  }

  @Test
  void theBuildingOfAnIndexIsCounted() throws Exception {
    useTable();
    String answer =
        call(
            "UpdateTable",
            """
            {"TableName":"orders",
             "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},
                                     {"AttributeName":"city","AttributeType":"S"}],
             "GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"later",
               "KeySchema":[{"AttributeName":"city","KeyType":"HASH"}],
               "Projection":{"ProjectionType":"KEYS_ONLY"},
               "ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1}}}]}
            """);
    assertThat(answer).contains("TableDescription");
    String labels =
        "account=\"000000000000\",global_secondary_index_name=\"later\",region=\"us-east-1\","
            + "table_name=\"orders\"";
    await(() -> !call("DescribeTable", "{\"TableName\":\"orders\"}").contains("\"CREATING\""));
    assertThat(admin("/metrics"))
        .contains("dynamodb_online_index_consumed_write_capacity_total{" + labels + "} 3.0")
        .doesNotContain("online_index_percentage_progress{" + labels);
  }

  /** So a client can wait until a second region has its write. */
  @Test
  void upToWhenAnotherRegionHasEverythingIsTold() throws Exception {
    makeGlobalTable();
    double before = System.currentTimeMillis() / 1_000.0;
    call("PutItem", "{\"TableName\":\"world\",\"Item\":{\"id\":{\"S\":\"1\"}}}");
    Pattern durable =
        Pattern.compile(
            "ostraka_replication_durable_timestamp_seconds\\{account=\"000000000000\",receiving_region=\"eu-west-1\",region=\"us-east-1\",table_name=\"world\"}"
                + " (\\S+)");
    await(() -> {
      Matcher told = durable.matcher(admin("/metrics"));
      return told.find() && Double.parseDouble(told.group(1)) >= before;
    });
  }

  /** A table that is made anew begins at zero, and one that is deleted is not shown. */
  @Test
  void tablesThatAreGoneHaveNoMetrics() throws Exception {
    useTable();
    call("DeleteTable", "{\"TableName\":\"orders\"}");
    assertThat(admin("/metrics")).doesNotContain("table_name=\"orders\"");
  }

  @Test
  void everyMetricOfTheDashboardExists() throws Exception {
    useTable();
    makeGlobalTable();
    readStream(makeStream());
    sendToKinesis();
    call("GetItem", "{\"TableName\":\"nowhere\",\"Key\":{\"id\":{\"S\":\"1\"}}}");
    Set<String> asked = names(Files.readString(DASHBOARD));
    assertThat(asked).hasSizeGreaterThan(20);
    Set<String> told = names(admin("/metrics"));
    assertThat(told).containsAll(asked);
  }

  @Test
  void hotKeysAreTold() throws Exception {
    useTable();
    assertThat(admin("/hot?table=orders").lines()).hasSize(1);
    for (String index : List.of("", ",\"IndexName\":\"by-city\"")) {
      call(
          "UpdateContributorInsights",
          "{\"TableName\":\"orders\"%s,\"ContributorInsightsAction\":\"ENABLE\"}".formatted(index));
    }
    for (int i = 0; i < 20; i++) {
      call(
          "PutItem",
          "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"hot\"},\"n\":{\"N\":\"%d\"}}}"
              .formatted(i));
    }
    call("GetItem", "{\"TableName\":\"orders\",\"Key\":{\"id\":{\"S\":\"cold\"}}}");
    call(
        "PutItem",
        "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"x\"},\"city\":{\"S\":\"Athens\"}}}");
    String report = admin("/hot?table=orders");
    assertThat(report)
        .containsPattern("accessed partition +20\\.0 +93\\.0 % +\"hot\"")
        .containsPattern("accessed partition +0\\.5 +2\\.3 % +\"cold\"")
        .containsPattern("accessed partition +by-city +1\\.0 +100\\.0 % +\"Athens\"")
        .containsPattern("throttled partition +[0-9.]+ +[0-9.]+ % +\"hot\"");
    assertThat(admin("/hot?table=other").lines()).hasSize(1);
    assertThat(adminStatus("/hot")).isEqualTo(400);
  }

  @Test
  void aForeignNameForTheLoopbackAddressIsRefused() throws Exception {
    assertThat(statusLine("localhost")).contains(" 200 ");
    assertThat(statusLine("pages.example")).doesNotContain(" 200 ");
  }

  private String statusLine(String host) throws IOException {
    int port = server.adminPort().orElseThrow();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              "GET /metrics HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n"
                  .formatted(host, port)
                  .getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }

  @Test
  void healthIsTold() throws Exception {
    assertThat(admin("/live")).isEqualTo("ok\n");
    assertThat(admin("/ready")).isEqualTo("ok\n");
    assertThat(admin("/startup")).isEqualTo("ok\n");
    assertThat(adminStatus("/")).isEqualTo(404);
  }

  @Test
  void theApiIsNotOnTheAdminListenerAndMetricsAreNotOnTheOther() throws Exception {
    int status =
        client
            .send(
                java.net.http.HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
                    .build(),
                BodyHandlers.ofString())
            .statusCode();
    assertThat(status).isEqualTo(404);
  }

  private void useTable() throws Exception {
    call("CreateTable", INDEXED);
    for (int i = 0; i < 3; i++) {
      call(
          "PutItem",
          "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"%d\"},\"city\":{\"S\":\"x\"}}}"
              .formatted(i));
    }
    call(
        "DeleteItem",
        """
        {"TableName":"orders","Key":{"id":{"S":"9"}},"ConditionExpression":"attribute_exists(id)"}
        """);
    call("Scan", "{\"TableName\":\"orders\"}");
  }

  private void makeGlobalTable() throws Exception {
    String answer =
        call(
            "CreateTable",
            """
            {"TableName":"world","BillingMode":"PAY_PER_REQUEST",
             "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
             "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}}
            """);
    assertThat(answer).contains("TableDescription");
    String changed =
        call(
            "UpdateTable",
            """
            {"TableName":"world","ReplicaUpdates":[{"Create":{"RegionName":"eu-west-1"}}]}
            """);
    assertThat(changed).contains("TableDescription");
  }

  /** Makes a table with two changes; returns the ARN of its stream. */
  private String makeStream() throws Exception {
    String answer =
        call(
            "CreateTable",
            """
            {"TableName":"followed","BillingMode":"PAY_PER_REQUEST",
             "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
             "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"}}
            """);
    for (String id : List.of("a", "b")) {
      call(
          "PutItem", "{\"TableName\":\"followed\",\"Item\":{\"id\":{\"S\":\"%s\"}}}".formatted(id));
    }
    return member(answer, "LatestStreamArn");
  }

  /** Lets the changes of the table go to Kinesis, and waits until the next one is there. */
  private void sendToKinesis() throws Exception {
    String names = "{\"TableName\":\"orders\",\"StreamArn\":\"%s\"}".formatted(FakeKinesis.STREAM);
    call("EnableKinesisStreamingDestination", names);
    await(() ->
        call("DescribeKinesisStreamingDestination", "{\"TableName\":\"orders\"}")
            .contains("\"ACTIVE\""));
    call("PutItem", "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"sent\"}}}");
    await(() ->
        admin("/metrics")
            .contains("dynamodb_consumed_change_data_capture_units_total{" + ORDER + "} 1.0"));
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 300; i++) {
      if (condition.call()) {
        return;
      }
      var _ = never.await(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("not within half a minute");
  }

  private void readStream(String arn) throws Exception {
    String shard =
        member(callStreams("DescribeStream", "{\"StreamArn\":\"" + arn + "\"}"), "ShardId");
    String iterator =
        member(
            callStreams(
                "GetShardIterator",
                """
                {"StreamArn":"%s","ShardId":"%s","ShardIteratorType":"TRIM_HORIZON"}
                """
                    .formatted(arn, shard)),
            "ShardIterator");
    assertThat(callStreams("GetRecords", "{\"ShardIterator\":\"" + iterator + "\"}"))
        .contains("Records");
  }

  private static String member(String json, String name) {
    Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
    assertThat(member.find()).as("%s in %s", name, json).isTrue();
    return member.group(1);
  }

  private static String labels(String index, String table) {
    return "account=\"000000000000\",global_secondary_index_name=\""
        + index
        + "\",region=\"us-east-1\",table_name=\""
        + table
        + "\"";
  }

  private static Set<String> names(String text) {
    Matcher names = METRIC.matcher(text);
    return names
        .results()
        .map(result -> result.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String admin(String path) throws IOException, InterruptedException {
    return client.send(adminRequest(path), BodyHandlers.ofString()).body();
  }

  private int adminStatus(String path) throws IOException, InterruptedException {
    return client.send(adminRequest(path), BodyHandlers.ofString()).statusCode();
  }

  private java.net.http.HttpRequest adminRequest(String path) {
    int port = server.adminPort().orElseThrow();
    return java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .build();
  }

  private String call(String operation, String body) throws IOException, InterruptedException {
    return post("DynamoDB_20120810." + operation, body);
  }

  private String callStreams(String operation, String body)
      throws IOException, InterruptedException {
    return post("DynamoDBStreams_20120810." + operation, body);
  }

  private String post(String target, String body) throws IOException, InterruptedException {
    return client
        .send(
            java.net.http.HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + server.port() + "/"))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", target)
                .header("X-Amz-Date", "20260101T000000Z")
                .header(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request,"
                        + " SignedHeaders=host, Signature=0")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
