package org.ostraka.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.ion.Decimal;
import com.amazon.ion.IonList;
import com.amazon.ion.IonStruct;
import com.amazon.ion.IonSystem;
import com.amazon.ion.system.IonSystemBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.lease.SharedServers;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.storage.Position;
import org.ostraka.storage.archive.MemoryArchive;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.transcript.Answer;
import org.ostraka.transfer.Exporter;
import org.ostraka.transfer.bucket.BucketName;
import org.ostraka.transfer.bucket.Buckets;
import org.ostraka.transfer.bucket.MemoryBuckets;

/**
 * The files of exports, read with the Ion library, {@link MessageDigest} and {@link
 * GZIPInputStream}: their names, checksums and contents are those of "DynamoDB table export output
 * format" in the Developer Guide.
 */
final class ExportedFilesTest {
  private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";
  private static final long START = 1_791_504_000;

  /** Every type of value, in the form in which answers have them. */
  private static final String EVERY_TYPE =
      "{\"id\":{\"S\":\"every \\\"type\\\" €\\n\"},\"n\":{\"N\":\"-1234567890.5\"},"
          + "\"tiny\":{\"N\":\"1E-130\"},\"b\":{\"B\":\"AAEC/w==\"},\"t\":{\"BOOL\":true},"
          + "\"none\":{\"NULL\":true},\"l\":{\"L\":[{\"S\":\"\"},{\"N\":\"0\"},{\"L\":[]}]},\"m\":{\"M\":{\"a"
          + " b\":{\"M\":{}},\"c\":{\"BOOL\":false}}},\"ss\":{\"SS\":[\"x\",\"y\"]},"
          + "\"ns\":{\"NS\":[\"1\",\"2.5\"]},\"bs\":{\"BS\":[\"AA==\",\"/w==\"]}}";

  private final ServerInMemory server = ServerInMemory.start(Map.of());

  @Test
  void aWholeTableIsExportedAsDynamoDbJson() throws Exception {
    createTable();
    put(EVERY_TYPE);
    put("{\"id\":{\"S\":\"huge\"},\"v\":{\"S\":\"" + "x".repeat(380_000) + "\"}}");
    for (int i = 0; i < 50; i++) {
      put("{\"id\":{\"S\":\"" + i + "\"},\"n\":{\"N\":\"" + i + "\"}}");
    }
    delete("7");
    String folder = "some/where/" + export(",\"S3Prefix\":\"some/where\"");

    String summary = text(folder + "/manifest-summary.json");
    assertThat(summary)
        .startsWith(
            "{\"version\":\"2020-06-30\",\"exportArn\":\""
                + TABLE
                + "/export/"
                + folder.substring(folder.lastIndexOf('/') + 1)
                + "\",\"startTime\":\"2026-10-09T00:00:10.000Z\",\"endTime\":")
        .contains(
            ",\"exportTime\":\"2026-10-09T00:00:10.000Z\",\"s3Bucket\":\"bucket\","
                + "\"s3Prefix\":\"some/where\",\"s3SseAlgorithm\":\"AES256\","
                + "\"s3SseKmsKeyId\":null,\"manifestFilesS3Key\":\""
                + folder
                + "/manifest-files.json\",\"billedSizeBytes\":")
        .endsWith(",\"itemCount\":51,\"outputFormat\":\"DYNAMODB_JSON\"}");
    assertThat(text(folder + "/_started")).isEmpty();
    requireChecksum(folder + "/manifest-summary");
    requireChecksum(folder + "/manifest-files");

    Set<String> lines = new TreeSet<>();
    for (String file : dataFiles(folder)) {
      assertThat(file).matches(Pattern.quote(folder) + "/data/[a-z0-9]{26}\\.json\\.gz");
      lines.addAll(gunzipped(file).lines().toList());
    }
    Set<String> expected = new TreeSet<>();
    JsonObjects.of(
            server.call(headers("Scan"), "{\"TableName\":\"orders\"}".getBytes(UTF_8)).body())
        .forEach(item -> expected.add("{\"Item\":" + item + "}"));
    assertThat(lines).isEqualTo(expected).hasSize(51);
  }

  @Test
  void anEmptyTableHasOneFileWithoutLines() throws Exception {
    createTable();
    String folder = export("");
    assertThat(text(folder + "/manifest-summary.json"))
        .contains("\"s3Prefix\":null,")
        .contains("\"itemCount\":0,");
    assertThat(dataFiles(folder))
        .singleElement()
        .satisfies(file -> assertThat(gunzipped(file)).isEmpty());
  }

  @Test
  void ionHasTheTypesOfTheGuide() throws Exception {
    createTable();
    put(EVERY_TYPE);
    String folder = export(",\"ExportFormat\":\"ION\"");
    String file = dataFiles(folder).getFirst();
    assertThat(file).endsWith(".ion.gz");
    String content = gunzipped(file);
    assertThat(content).startsWith("$ion_1_0 {Item:{").endsWith("}\n");
    IonSystem ion = IonSystemBuilder.standard().build();
    IonStruct item = (IonStruct) ((IonStruct) ion.singleValue(content)).get("Item");
    assertThat(item.get("id")).isEqualTo(ion.newString("every \"type\" €\n"));
    assertThat(item.get("n")).isEqualTo(ion.newDecimal(Decimal.valueOf("-1234567890.5")));
    assertThat(item.get("tiny")).isEqualTo(ion.newDecimal(Decimal.valueOf("1E-130")));
    assertThat(item.get("b")).isEqualTo(ion.newBlob(new byte[] {0, 1, 2, -1}));
    assertThat(item.get("t")).isEqualTo(ion.newBool(true));
    assertThat(item.get("none")).isEqualTo(ion.newNull());
    assertThat(item.get("l")).isEqualTo(ion.singleValue("[\"\",0.,[]]"));
    assertThat(item.get("m")).isEqualTo(ion.singleValue("{'a b':{},c:false}"));
    assertThat(item.get("ss")).isEqualTo(ion.singleValue("$dynamodb_SS::[\"x\",\"y\"]"));
    assertThat(item.get("ns")).isEqualTo(ion.singleValue("$dynamodb_NS::[1.,2.5]"));
    assertThat(item.get("bs")).isInstanceOf(IonList.class);
    assertThat(item.get("bs").getTypeAnnotations()).containsExactly("$dynamodb_BS");
  }

  @Test
  void anIncrementHasTheNetChangesOfItsPeriod() throws Exception {
    createTable();
    put("{\"id\":{\"S\":\"before\"},\"n\":{\"N\":\"1\"}}");
    put("{\"id\":{\"S\":\"gone\"},\"n\":{\"N\":\"1\"}}");
    server.advance(Duration.ofMinutes(1));
    put("{\"id\":{\"S\":\"before\"},\"n\":{\"N\":\"2\"}}");
    put("{\"id\":{\"S\":\"before\"},\"n\":{\"N\":\"3\"}}");
    delete("gone");
    put("{\"id\":{\"S\":\"new\"},\"n\":{\"N\":\"1\"}}");
    put("{\"id\":{\"S\":\"flash\"}}");
    delete("flash");
    server.advance(Duration.ofMinutes(20));
    put("{\"id\":{\"S\":\"new\"},\"n\":{\"N\":\"2\"}}");
    String period =
        ",\"ExportType\":\"INCREMENTAL_EXPORT\",\"IncrementalExportSpecification\":"
            + "{\"ExportFromTime\":"
            + (START + 60)
            + ",\"ExportToTime\":"
            + (START + 60 + 1_200)
            + "%s}";
    String time =
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"" + (START + 70) + "000000\"}},";

    String both = export(period.formatted(""));
    assertThat(dataFiles(both))
        .singleElement()
        .satisfies(file -> {
          assertThat(file).matches("AWSDynamoDB/data/[a-z0-9]{26}\\.json\\.gz");
          assertThat(gunzipped(file).lines())
              .containsExactlyInAnyOrder(
                  time
                      + "\"Keys\":{\"id\":{\"S\":\"before\"}},\"OldImage\":{\"id\":{\"S\":\"before\"},"
                      + "\"n\":{\"N\":\"1\"}},\"NewImage\":{\"id\":{\"S\":\"before\"},\"n\":{\"N\":\"3\"}}}",
                  time
                      + "\"Keys\":{\"id\":{\"S\":\"gone\"}},\"OldImage\":{\"id\":{\"S\":\"gone\"},"
                      + "\"n\":{\"N\":\"1\"}}}",
                  time
                      + "\"Keys\":{\"id\":{\"S\":\"new\"}},\"NewImage\":{\"id\":{\"S\":\"new\"},"
                      + "\"n\":{\"N\":\"1\"}}}");
        });
    assertThat(text(both + "/manifest-summary.json"))
        .startsWith("{\"version\":\"2023-08-01\",")
        .contains(
            ",\"exportFromTime\":\"2026-10-09T00:01:00.000Z\","
                + "\"exportToTime\":\"2026-10-09T00:21:00.000Z\",")
        .endsWith(
            ",\"billedSizeBytes\":10000000,\"itemCount\":3,\"outputFormat\":\"DYNAMODB_JSON\","
                + "\"outputView\":\"NEW_AND_OLD_IMAGES\",\"exportType\":\"INCREMENTAL_EXPORT\"}");

    String fresh = export(period.formatted(",\"ExportViewType\":\"NEW_IMAGE\""));
    assertThat(gunzipped(dataFiles(fresh).getFirst()))
        .doesNotContain("OldImage")
        .contains(time + "\"Keys\":{\"id\":{\"S\":\"gone\"}}}\n");
  }

  @Test
  void aFilterSelectsItemsAndAttributes() throws Exception {
    createTable();
    put(
        "{\"id\":{\"S\":\"1\"},\"n\":{\"N\":\"1\"},\"m\":{\"M\":{\"a\":{\"N\":\"1\"},\"b\":{\"N\":\"2\"}}}}");
    put("{\"id\":{\"S\":\"2\"},\"n\":{\"N\":\"2\"}}");
    put("{\"id\":{\"S\":\"3\"},\"n\":{\"N\":\"3\"}}");
    String values = ",\"ExpressionAttributeValues\":{\":v\":%s}}";
    String filtered =
        export(
            ",\"FilterSpecification\":{\"FilterExpression\":\"n < :v OR id = :v\","
                + "\"ProjectionExpression\":\"n, m.b\""
                + values.formatted("{\"N\":\"3\"}"));
    assertThat(gunzipped(dataFiles(filtered).getFirst()).lines())
        .containsExactlyInAnyOrder(
            "{\"Item\":{\"n\":{\"N\":\"1\"},\"m\":{\"M\":{\"b\":{\"N\":\"2\"}}}}}",
            "{\"Item\":{\"n\":{\"N\":\"2\"}}}");
    String ofKey =
        export(
            ",\"FilterSpecification\":{\"KeyConditionExpression\":\"id = :v\""
                + values.formatted("{\"S\":\"3\"}"));
    assertThat(gunzipped(dataFiles(ofKey).getFirst()))
        .isEqualTo("{\"Item\":{\"id\":{\"S\":\"3\"},\"n\":{\"N\":\"3\"}}}\n");
    assertThat(text(ofKey + "/manifest-summary.json"))
        .contains("\"billedSizeBytes\":6,\"itemCount\":1,");
  }

  /** "For a deleted item, DynamoDB evaluates the filter against the old image of the item." */
  @Test
  void aFilterJudgesChangesByTheirLatestImage() throws Exception {
    createTable();
    put("{\"id\":{\"S\":\"gone\"},\"n\":{\"N\":\"1\"}}");
    put("{\"id\":{\"S\":\"in\"},\"n\":{\"N\":\"9\"}}");
    put("{\"id\":{\"S\":\"out\"},\"n\":{\"N\":\"1\"}}");
    server.advance(Duration.ofMinutes(1));
    delete("gone");
    put("{\"id\":{\"S\":\"in\"},\"n\":{\"N\":\"1\"},\"x\":{\"N\":\"1\"}}");
    put("{\"id\":{\"S\":\"out\"},\"n\":{\"N\":\"9\"}}");
    server.advance(Duration.ofMinutes(20));
    String folder =
        export(
            ",\"ExportType\":\"INCREMENTAL_EXPORT\",\"IncrementalExportSpecification\":"
                + "{\"ExportFromTime\":"
                + (START + 60)
                + "},\"FilterSpecification\":{\"FilterExpression\":\"n = :v\","
                + "\"ProjectionExpression\":\"n\","
                + "\"ExpressionAttributeValues\":{\":v\":{\"N\":\"1\"}}}");
    String time =
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"" + (START + 70) + "000000\"}},";
    assertThat(gunzipped(dataFiles(folder).getFirst()).lines())
        .containsExactlyInAnyOrder(
            time + "\"Keys\":{\"id\":{\"S\":\"gone\"}},\"OldImage\":{\"n\":{\"N\":\"1\"}}}",
            time
                + "\"Keys\":{\"id\":{\"S\":\"in\"}},\"OldImage\":{\"n\":{\"N\":\"9\"}},"
                + "\"NewImage\":{\"n\":{\"N\":\"1\"}}}");
  }

  @Test
  void aFilteredExportGoesOnAfterARestart() throws Exception {
    createTable();
    put("{\"id\":{\"S\":\"1\"},\"a\":{\"N\":\"1\"}}");
    put("{\"id\":{\"S\":\"2\"},\"a\":{\"N\":\"2\"}}");
    String answer =
        call(
            "ExportTableToPointInTime",
            request(
                ",\"FilterSpecification\":{\"FilterExpression\":\"#a = :v\","
                    + "\"ExpressionAttributeNames\":{\"#a\":\"a\"},"
                    + "\"ExpressionAttributeValues\":{\":v\":{\"N\":\"2\"}}}"));
    server.restart();
    server.advance(Duration.ofSeconds(1));
    String folder = "AWSDynamoDB/" + found("/export/([^\"]+)", answer);
    assertThat(gunzipped(dataFiles(folder).getFirst()))
        .isEqualTo("{\"Item\":{\"id\":{\"S\":\"2\"},\"a\":{\"N\":\"2\"}}}\n");
  }

  /** "Quotas in Amazon DynamoDB": up to 300 concurrent exports of an account in a region. */
  @Test
  void tooManyExportsAtATimeAreRefused() {
    createTable();
    for (int i = 0; i < 300; i++) {
      call("ExportTableToPointInTime", request(",\"ClientToken\":\"" + i + "\""));
    }
    byte[] oneMore = request("").getBytes(UTF_8);
    assertThat(server.call(headers("ExportTableToPointInTime"), oneMore))
        .extracting(Answer::body)
        .asString()
        .contains("LimitExceededException", "a limit of 300 concurrent exports per subscriber");
    server.advance(Duration.ofSeconds(1));
    call("ExportTableToPointInTime", request(""));
  }

  @Test
  void anExportGoesOnAfterARestart() throws Exception {
    createTable();
    put("{\"id\":{\"S\":\"1\"}}");
    String answer = call("ExportTableToPointInTime", request(""));
    server.restart();
    server.advance(Duration.ofSeconds(1));
    String folder = "AWSDynamoDB/" + found("/export/([^\"]+)", answer);
    assertThat(gunzipped(dataFiles(folder).getFirst()))
        .isEqualTo("{\"Item\":{\"id\":{\"S\":\"1\"}}}\n");
  }

  /** Its buckets may not even be there, if they are directories. */
  @Test
  void ofSeveralServersOnlyTheOneWithTheDutyWritesToTheBucket() {
    createTable();
    call("ExportTableToPointInTime", request(""));
    SharedServers holder = joined("holder");
    SharedServers other = joined("other");
    assertThat(holder.hold(Duty.ARCHIVING)).isPresent();
    assertThat(keysThatExportsWrite(other)).isEmpty();
    assertThat(keysThatExportsWrite(holder)).singleElement().asString().endsWith("/_started");
  }

  private SharedServers joined(String name) {
    SharedServers servers =
        new SharedServers(server.store(), name, Duration.ofSeconds(10), () -> 0, () -> {});
    servers.saw(servers.join(), Position.START);
    return servers;
  }

  /** Returns what a server of the store writes to a bucket while its archive has nothing. */
  private List<String> keysThatExportsWrite(SharedServers servers) {
    ManualClock clock = new ManualClock(Instant.ofEpochSecond(START));
    BucketName bucket = new BucketName("bucket", Optional.empty());
    MemoryBuckets buckets = new MemoryBuckets();
    buckets.make(bucket.name());
    new Exporter(
            server.store(),
            new MemoryArchive(),
            Catalogue.open(server.store(), clock, EngineSettings.DEFAULT, servers),
            buckets,
            clock,
            Exporter.Sizes.forHeap(1 << 30))
        .run();
    return buckets.list(bucket, "", Optional.empty()).stream().map(Buckets.Listed::key).toList();
  }

  private void createTable() {
    call(
        "CreateTable",
        """
        {"TableName":"orders","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],\
        "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}\
        """);
    call(
        "UpdateContinuousBackups",
        """
        {"TableName":"orders","PointInTimeRecoverySpecification":\
        {"PointInTimeRecoveryEnabled":true}}\
        """);
    server.advance(Duration.ofSeconds(10));
  }

  private void put(String item) {
    call("PutItem", "{\"TableName\":\"orders\",\"Item\":" + item + "}");
  }

  private void delete(String id) {
    call("DeleteItem", "{\"TableName\":\"orders\",\"Key\":{\"id\":{\"S\":\"" + id + "\"}}}");
  }

  private static String request(String members) {
    return "{\"TableArn\":\"" + TABLE + "\",\"S3Bucket\":\"bucket\"" + members + "}";
  }

  /** Exports, waits until it is completed, and returns the export's folder within its prefix. */
  private String export(String members) {
    String answer = call("ExportTableToPointInTime", request(members));
    server.advance(Duration.ofSeconds(1));
    String arn = found("\"ExportArn\":\"([^\"]+)\"", answer);
    assertThat(call("DescribeExport", "{\"ExportArn\":\"" + arn + "\"}"))
        .contains("\"ExportStatus\":\"COMPLETED\"");
    return "AWSDynamoDB/" + arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** Returns the keys of the files, whose checksums and counts it verifies. */
  private List<String> dataFiles(String folder) throws Exception {
    List<String> files = new ArrayList<>();
    for (String line : text(folder + "/manifest-files.json").lines().toList()) {
      Matcher file =
          Pattern.compile(
                  "\\{\"itemCount\":(\\d+),\"md5Checksum\":\"([^\"]+)\",\"etag\":\"([^\"]+)\","
                      + "\"dataFileS3Key\":\"([^\"]+)\"\\}")
              .matcher(line);
      assertThat(file.matches()).as(line).isTrue();
      byte[] md5 = md5(server.object(file.group(4)));
      assertThat(file.group(2)).isEqualTo(Base64.getEncoder().encodeToString(md5));
      assertThat(file.group(3)).isEqualTo(HexFormat.of().formatHex(md5(md5)) + "-1");
      assertThat(gunzipped(file.group(4)).lines()).hasSize(Integer.parseInt(file.group(1)));
      files.add(file.group(4));
    }
    return files;
  }

  private void requireChecksum(String manifest) throws Exception {
    byte[] md5 = md5(server.object(manifest + ".json"));
    assertThat(text(manifest + ".checksum")).isEqualTo(Base64.getEncoder().encodeToString(md5));
  }

  private static byte[] md5(byte[] content) throws Exception {
    return MessageDigest.getInstance("MD5").digest(content);
  }

  private String text(String key) {
    return new String(server.object(key), UTF_8);
  }

  private String gunzipped(String key) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(server.object(key)))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException broken) {
      throw new AssertionError(key + " is not compressed", broken);
    }
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  static Map<String, String> headers(String operation) {
    return Map.of(
        "Host",
        "localhost",
        "Content-Type",
        "application/x-amz-json-1.0",
        "X-Amz-Date",
        "20261009T000000Z",
        "X-Amz-Target",
        "DynamoDB_20120810." + operation,
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=k/20261009/us-east-1/dynamodb/aws4_request,"
            + " SignedHeaders=host, Signature=0");
  }

  private String call(String operation, String body) {
    Answer answer = server.call(headers(operation), body.getBytes(UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
