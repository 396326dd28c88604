package org.ostraka.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.testkit.transcript.Answer;

/**
 * Tables that are imported from files. The rules are those of "Amazon S3 import formats for
 * DynamoDB" and of findings IMPORT-012, 013, 015 and 020 of aws-controllers-k8s (October 2026).
 */
final class ImportedFilesTest {
  private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";

  private static final String KEY =
      "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"},"
          + "{\"AttributeName\":\"n\",\"AttributeType\":\"N\"}],"
          + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],"
          + "\"BillingMode\":\"PAY_PER_REQUEST\",\"GlobalSecondaryIndexes\":[{\"IndexName\":\"by-n\","
          + "\"KeySchema\":[{\"AttributeName\":\"n\",\"KeyType\":\"HASH\"}],"
          + "\"Projection\":{\"ProjectionType\":\"ALL\"}}]";

  private final ServerInMemory server = ServerInMemory.start(Map.of());

  @Test
  void anExportedTableIsImportedWithoutADifference() {
    call("CreateTable", "{\"TableName\":\"orders\"," + KEY + "}");
    call(
        "UpdateContinuousBackups",
        "{\"TableName\":\"orders\",\"PointInTimeRecoverySpecification\":"
            + "{\"PointInTimeRecoveryEnabled\":true}}");
    Random random = new Random(17);
    for (int i = 0; i < 400; i++) {
      call("PutItem", "{\"TableName\":\"orders\",\"Item\":" + item(i, random) + "}");
    }
    call(
        "PutItem",
        "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"huge\"},\"v\":{\"S\":\""
            + "x".repeat(390_000)
            + "\"}}}");
    server.advance(Duration.ofSeconds(10));
    Set<String> expected = items("orders", "");
    for (String format : new String[] {"DYNAMODB_JSON", "ION"}) {
      String answer =
          call(
              "ExportTableToPointInTime",
              "{\"TableArn\":\""
                  + TABLE
                  + "\",\"S3Bucket\":\"bucket\",\"ExportFormat\":\""
                  + format
                  + "\"}");
      server.advance(Duration.ofSeconds(1));
      String folder = "AWSDynamoDB/" + found("/export/([^\"]+)\"", answer) + "/data/";
      String table = "from-" + format;
      String done = importTable(table, folder, format, "GZIP", "");
      assertThat(done)
          .contains("\"ImportStatus\":\"COMPLETED\"")
          .contains("\"ErrorCount\":0")
          .contains("\"ProcessedItemCount\":401,\"ImportedItemCount\":401");
      assertThat(items(table, "")).isEqualTo(expected).hasSize(401);
      assertThat(items(table, ",\"IndexName\":\"by-n\"")).hasSize(400);
      assertThat(call("DescribeTable", "{\"TableName\":\"" + table + "\"}"))
          .contains("\"TableStatus\":\"ACTIVE\"");
    }
    assertThat(IntegrityCheck.run(server.store()).named()).isEmpty();
  }

  @Test
  void csvHasAHeaderAndKeysHaveTheirTypes() {
    put("in/a.csv", "id,n,text\n1,10,plain\n\"2\",20,\"a \"\"b\"\",\nc\"\r\n3,30,\n");
    assertThat(importTable("orders", "in/", "CSV", "NONE", ""))
        .contains("\"ImportStatus\":\"COMPLETED\"", "\"ImportedItemCount\":3");
    assertThat(items("orders", ""))
        .containsExactlyInAnyOrder(
            "{\"id\":{\"S\":\"1\"},\"n\":{\"N\":\"10\"},\"text\":{\"S\":\"plain\"}}",
            "{\"id\":{\"S\":\"2\"},\"n\":{\"N\":\"20\"},\"text\":{\"S\":\"a \\\"b\\\",\\nc\"}}",
            "{\"id\":{\"S\":\"3\"},\"n\":{\"N\":\"30\"},\"text\":{\"S\":\"\"}}");
  }

  @Test
  void aHeaderListMakesTheFirstLineAnItem() {
    put("in/a.csv", "1;10\n2;20\n");
    String options =
        ",\"InputFormatOptions\":{\"Csv\":{\"Delimiter\":\";\",\"HeaderList\":[\"id\",\"n\"]}}";
    assertThat(importTable("orders", "in/", "CSV", "NONE", options))
        .contains("\"ImportStatus\":\"COMPLETED\"", "\"ImportedItemCount\":2");
  }

  @Test
  void itemsThatBreakRulesAreCountedAndTheOthersImported() {
    put(
        "in/a.json",
        """
        {"Item":{"id":{"S":"1"}}}
        {"Item":{"pk":{"S":"2"}}}
        {"Item":{"id":{"N":"3"}}}
        {"Item":{"id":{"S":"4"},"n":{"N":"many"}}}
        {"Item":{"id":{"S":"5"},"n":{"S":"5"}}}
        {"Item":{"id":{"S":"6"},"s":{"SS":[]}}}

        {"Item":{"id":{"S":"7"},"v":{"S":"%s"}}}
        {"Item":{"id":{"S":"8"}}}
        """
            .formatted("x".repeat(420_000)));
    String answer = importTable("orders", "in/", "DYNAMODB_JSON", "NONE", "");
    assertThat(answer)
        .contains("\"ImportStatus\":\"FAILED\"", "\"ErrorCount\":6")
        .contains("\"ProcessedItemCount\":8,\"ImportedItemCount\":2")
        .contains(
            "\"FailureCode\":\"ItemValidationError\",\"FailureMessage\":\"Some of the items failed"
                + " validation checks and were not imported. Please check CloudWatch error logs for"
                + " more details.\"");
    assertThat(items("orders", ""))
        .containsExactlyInAnyOrder("{\"id\":{\"S\":\"1\"}}", "{\"id\":{\"S\":\"8\"}}");
    String arn = found("\"ImportArn\":\"([^\"]+)\"", answer);
    assertThat(server.errorsOfImport(arn.substring(arn.lastIndexOf('/') + 1)).lines())
        .hasSize(6)
        .first()
        .isEqualTo(
            "{\"itemS3Pointer\":{\"bucket\":\"bucket\",\"key\":\"in/a.json\",\"itemIndex\":1},"
                + "\"importArn\":\""
                + arn
                + "\",\"errorMessages\":[\"One or more parameter values were invalid: Missing the"
                + " key id in the item\"]}");
  }

  /** A connection that breaks is no end of the object, whose rest would be missing. */
  @Test
  void aBucketThatFailsInTheMiddleOfAnObjectIsAskedAgain() {
    String lines = lines(3_000);
    put("in/a.json", lines);
    server.breakOffAfter(lines.length() / 2);
    String answer = begin("orders", "in/", "DYNAMODB_JSON", "NONE", "");
    assertThatExceptionOfType(StorageFailedException.class)
        .isThrownBy(() -> server.advance(Duration.ofSeconds(1)));
    assertThat(described(answer))
        .contains("\"ImportStatus\":\"IN_PROGRESS\"")
        .containsPattern("\"ProcessedItemCount\":1[0-9]{3},");
    server.advance(Duration.ofSeconds(1));
    assertThat(described(answer))
        .contains("\"ImportStatus\":\"COMPLETED\"")
        .contains("\"ProcessedItemCount\":3000,\"ImportedItemCount\":3000");
  }

  /** The records that were passed over would not be those that are imported. */
  @Test
  void anObjectThatIsReplacedMeanwhileEndsTheImport() {
    String lines = lines(3_000);
    put("in/a.json", lines);
    server.breakOffAfter(lines.length() / 2);
    String answer = begin("orders", "in/", "DYNAMODB_JSON", "NONE", "");
    assertThatExceptionOfType(StorageFailedException.class)
        .isThrownBy(() -> server.advance(Duration.ofSeconds(1)));
    put("in/a.json", lines.replace("\"S\"", "\"N\""));
    server.advance(Duration.ofSeconds(1));
    assertThat(described(answer))
        .contains("\"ImportStatus\":\"FAILED\"", "\"FailureCode\":\"S3PreconditionFailed\"")
        .contains("Object in/a.json was replaced or removed");
  }

  /** The batches have 256 items; the second one fails, and the third one is written. */
  @Test
  void aBatchThatFailsIsWrittenByTheNextAttempt() {
    put("in/a.json", lines(700));
    server.failWriteAfter(1);
    String answer = begin("orders", "in/", "DYNAMODB_JSON", "NONE", "");
    assertThatExceptionOfType(StorageFailedException.class)
        .isThrownBy(() -> server.advance(Duration.ofSeconds(1)));
    assertThat(described(answer))
        .contains("\"ImportStatus\":\"IN_PROGRESS\"", "\"ProcessedItemCount\":256,");
    server.advance(Duration.ofSeconds(1));
    assertThat(described(answer))
        .contains("\"ImportStatus\":\"COMPLETED\"")
        .contains("\"ProcessedItemCount\":700,\"ImportedItemCount\":700");
    assertThat(items("orders", "")).hasSize(700);
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"Item\":{\"id\":{\"S\":\"" + i + "\"}}}\n")
        .collect(Collectors.joining());
  }

  /** "LimitExceededException" in the API Reference: 50 imports of an account at a time. */
  @Test
  void tooManyImportsAtATimeAreRefused() {
    for (int i = 0; i < 50; i++) {
      var _ = begin("table-" + i, "none/", "CSV", "NONE", "");
    }
    String request = request("one-more", "none/", "CSV", "NONE", "");
    assertThat(server.call(ExportedFilesTest.headers("ImportTable"), request.getBytes(UTF_8)))
        .extracting(Answer::body)
        .asString()
        .contains("LimitExceededException", "a limit of 50 concurrent imports per subscriber");
    server.advance(Duration.ofSeconds(1));
    var _ = begin("one-more", "none/", "CSV", "NONE", "");
  }

  @Test
  void setsInSetsAreRefusedHoweverDeep() {
    String set = "'$dynamodb_SS'::[";
    String deep = set.repeat(20_000) + "]".repeat(20_000);
    put("in/a.ion", "{Item:{id:\"1\",s:" + deep + "}} {Item:{id:\"2\"}} {Item:{id:\"3\",$0:1}}");
    assertThat(importTable("orders", "in/", "ION", "NONE", ""))
        .contains("\"FailureCode\":\"ItemValidationError\"", "\"ErrorCount\":2,")
        .contains("\"ProcessedItemCount\":3,\"ImportedItemCount\":1");
  }

  @Test
  void whatIsNoItemStopsItsObjectAndNoOther() {
    put(
        "in/a.json",
        "{\"Item\":{\"id\":{\"S\":\"1\"}}}\nnothing\n{\"Item\":{\"id\":{\"S\":\"2\"}}}\n");
    put("in/b.json", "{\"Item\":{\"id\":{\"S\":\"3\"}}}");
    assertThat(importTable("orders", "in/", "DYNAMODB_JSON", "NONE", ""))
        .contains("\"FailureCode\":\"ItemValidationError\"", "\"ErrorCount\":1,")
        .contains("\"ProcessedItemCount\":3,\"ImportedItemCount\":2");
  }

  @Test
  void compressionsAreReadAndAWrongOneIsAnError() throws IOException {
    byte[] lines = "{\"Item\":{\"id\":{\"S\":\"1\"}}}\n".getBytes(UTF_8);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(lines);
    }
    server.put("gzip/a", zipped.toByteArray());
    server.put("zstd/a", Zstd.compress(lines));
    assertThat(importTable("one", "gzip/", "DYNAMODB_JSON", "GZIP", ""))
        .contains("\"ImportStatus\":\"COMPLETED\"", "\"ProcessedSizeBytes\":" + lines.length);
    assertThat(importTable("two", "zstd/", "DYNAMODB_JSON", "ZSTD", ""))
        .contains("\"ImportStatus\":\"COMPLETED\"", "\"ImportedItemCount\":1");
    assertThat(importTable("three", "zstd/", "DYNAMODB_JSON", "GZIP", ""))
        .contains("\"FailureCode\":\"ItemValidationError\"", "\"ImportedItemCount\":0");
  }

  private static String item(int i, Random random) {
    return "{\"id\":{\"S\":\"item "
        + i
        + "\"},\"n\":{\"N\":\""
        + random.nextInt(50)
        + "\"},\"b\":{\"B\":\"AAEC/w==\"},\"t\":{\"BOOL\":"
        + random.nextBoolean()
        + "},\"none\":{\"NULL\":true},\"l\":{\"L\":[{\"S\":\"€ \\\" \\\\ \\n\"},{\"N\":\"-"
        + random.nextLong(1, Long.MAX_VALUE)
        + ".25\"}]},\"m\":{\"M\":{\"a b\":{\"M\":{}}}},\"ss\":{\"SS\":[\"x\",\"y\"]},"
        + "\"ns\":{\"NS\":[\"1\",\"2.5\"]},\"bs\":{\"BS\":[\"AA==\",\"/w==\"]}}";
  }

  private void put(String key, String content) {
    server.put(key, content.getBytes(UTF_8));
  }

  /** Imports a table and returns the description at the end. */
  private String importTable(
      String table, String prefix, String format, String compression, String options) {
    String answer = begin(table, prefix, format, compression, options);
    server.advance(Duration.ofSeconds(1));
    return described(answer);
  }

  private String described(String answer) {
    String arn = found("\"ImportArn\":\"([^\"]+)\"", answer);
    return call("DescribeImport", "{\"ImportArn\":\"" + arn + "\"}");
  }

  private String begin(
      String table, String prefix, String format, String compression, String options) {
    return call("ImportTable", request(table, prefix, format, compression, options));
  }

  private static String request(
      String table, String prefix, String format, String compression, String options) {
    return "{\"S3BucketSource\":{\"S3Bucket\":\"bucket\",\"S3KeyPrefix\":\""
        + prefix
        + "\"},\"InputFormat\":\""
        + format
        + "\",\"InputCompressionType\":\""
        + compression
        + "\",\"TableCreationParameters\":{\"TableName\":\""
        + table
        + "\","
        + KEY
        + "}"
        + options
        + "}";
  }

  private Set<String> items(String table, String index) {
    return new TreeSet<>(
        JsonObjects.of(call("Scan", "{\"TableName\":\"" + table + "\"" + index + "}")));
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private String call(String operation, String body) {
    Answer answer = server.call(ExportedFilesTest.headers(operation), body.getBytes(UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
