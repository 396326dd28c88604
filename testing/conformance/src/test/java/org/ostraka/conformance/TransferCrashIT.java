package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ImportStatus;
import software.amazon.awssdk.services.dynamodb.model.InputFormat;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Imports and bulk operations go on after SIGKILL, {@code -Dostraka.transfer.kills} times, and
 * bring every item once: each line of the bulk operation says that its item must not be there yet.
 * Only the profile {@code crashes} runs it.
 */
@EnabledIfSystemProperty(named = TransferCrashIT.PROPERTY, matches = "[0-9]+")
@Timeout(600)
final class TransferCrashIT {
  static final String PROPERTY = "ostraka.transfer.kills";

  private static final int KILLS = Integer.getInteger(PROPERTY, 0);
  private static final int ITEMS = 5_000 * KILLS;
  private static final String IMPORTED = "imported";
  private static final String PUT = "put";
  private static final int MAX_MILLISECONDS = 400;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Random random = Seed.announcedFor(TransferCrashIT.class).random(-1);

  @Test
  void everyItemIsThereOnce() throws Exception {
    Path data = directory.resolve("data");
    String importArn;
    String bulkArn;
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      makeBucket(data.resolve("buckets"));
      client.createTable(VoteTable.request(PUT));
      importArn = beginImport(client);
      bulkArn = beginBulkPut(server);
      killAfterAWhile(server);
    }
    for (int i = 1; i < KILLS; i++) {
      try (OstrakaProcess server = OstrakaProcess.serve(data)) {
        killAfterAWhile(server);
      }
    }
    requireAll(data, importArn, bulkArn);
    OstrakaProcess.Ended check = OstrakaProcess.run("check", data.toString());
    assertThat(check.status()).as(check.output()).isZero();
  }

  private static void makeBucket(Path buckets) throws Exception {
    Path in = Files.createDirectories(buckets.resolve("bucket/in"));
    Files.writeString(in.resolve("a.json"), lines(0, ITEMS / 2));
    Files.writeString(in.resolve("b.json"), lines(ITEMS / 2, ITEMS));
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i ->
            """
            {"Item":{"PK":{"S":"VOTE#%d"},"SK":{"S":"USER#%d"},"text":{"S":"%s"}},\
            "ConditionExpression":"attribute_not_exists(PK)"}
            """
                .formatted(i, i, "x".repeat(100)))
        .collect(Collectors.joining());
  }

  private static String beginImport(DynamoDbClient client) {
    return client
        .importTable(begin ->
            begin
                .s3BucketSource(source -> source.s3Bucket("bucket").s3KeyPrefix("in/"))
                .inputFormat(InputFormat.DYNAMODB_JSON)
                .tableCreationParameters(table ->
                    table
                        .tableName(IMPORTED)
                        .keySchema(VoteTable.request(IMPORTED).keySchema())
                        .attributeDefinitions(VoteTable.request(IMPORTED).attributeDefinitions())
                        .billingMode(VoteTable.request(IMPORTED).billingMode())))
        .importTableDescription()
        .importArn();
  }

  private static String beginBulkPut(OstrakaProcess server) throws Exception {
    String answer =
        call(
            server,
            "StartBulkPutItems",
            """
            {"TableName":"put","InputS3Configuration":{"S3Bucket":"bucket","S3KeyPrefix":"in/",\
            "InputFormat":"DYNAMODB_JSON"},"OutputS3Configuration":{"S3Bucket":"bucket",\
            "S3KeyPrefix":"out","OutputType":["ERROR","CONDITION_CHECK_FAILURE"]}}\
            """);
    Matcher arn = Pattern.compile("\"BulkOperationArn\":\"([^\"]+)\"").matcher(answer);
    assertThat(arn.find()).as(answer).isTrue();
    return arn.group(1);
  }

  /** The AWS SDK of the build does not know bulk operations. */
  private static String call(OstrakaProcess server, String operation, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.endpoint())
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("X-Amz-Date", "20260101T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=00")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private void killAfterAWhile(OstrakaProcess server) throws Exception {
    Instant end = Instant.now().plusMillis(random.nextInt(MAX_MILLISECONDS));
    while (Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
    server.kill9();
  }

  private static void requireAll(Path data, String importArn, String bulkArn) throws Exception {
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      await(() ->
          client
                  .describeImport(describe -> describe.importArn(importArn))
                  .importTableDescription()
                  .importStatus()
              != ImportStatus.IN_PROGRESS);
      var imported =
          client.describeImport(describe -> describe.importArn(importArn)).importTableDescription();
      assertThat(imported.importStatus()).as(imported.toString()).isEqualTo(ImportStatus.COMPLETED);
      assertThat(imported.importedItemCount()).isEqualTo(ITEMS);
      assertThat(count(client, IMPORTED)).isEqualTo(ITEMS);
      String described = awaitBulk(server, bulkArn);
      assertThat(described)
          .contains("\"BulkOperationStatus\":\"COMPLETED\"")
          .contains("\"ProcessedItemCount\":" + ITEMS + ",", "\"FailedItemCount\":0");
      assertThat(count(client, PUT)).isEqualTo(ITEMS);
      assertThat(server.terminate().status()).isZero();
    }
    try (Stream<Path> reports = Files.walk(data.resolve("buckets/bucket/out"))) {
      assertThat(reports.map(Path::toString))
          .noneMatch(path -> path.contains("CONDITION_CHECK_FAILURE/"));
    }
  }

  private static String awaitBulk(OstrakaProcess server, String arn) throws Exception {
    String body = "{\"BulkOperationArn\":\"" + arn + "\"}";
    Instant end = Instant.now().plus(LIMIT);
    String described = call(server, "DescribeBulkOperation", body);
    while (described.contains("\"IN_PROGRESS\"")) {
      assertThat(Instant.now()).isBefore(end);
      described = call(server, "DescribeBulkOperation", body);
    }
    return described;
  }

  private static void await(Supplier<Boolean> condition) {
    Instant end = Instant.now().plus(LIMIT);
    while (!condition.get()) {
      assertThat(Instant.now()).isBefore(end);
    }
  }

  private static long count(DynamoDbClient client, String table) {
    return client
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true).select(Select.COUNT))
        .stream()
        .mapToLong(page -> page.count())
        .sum();
  }
}
