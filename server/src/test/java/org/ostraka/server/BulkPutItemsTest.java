package org.ostraka.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.testkit.transcript.Answer;
import org.ostraka.transfer.bucket.BucketException;

/**
 * Items that are put into a table from files ("StartBulkPutItems" and "BulkOperationDescription" in
 * the API Reference; "Running a bulk put items operation" in the Developer Guide).
 */
final class BulkPutItemsTest {
  private static final String NO_OTHER = ",\"ConditionExpression\":\"attribute_not_exists(id)\"";

  private final ServerInMemory server = ServerInMemory.start(Map.of());

  @BeforeEach
  void makeTable() {
    call(
        "CreateTable",
        "{\"TableName\":\"orders\",\"AttributeDefinitions\":[{\"AttributeName\":\"id\","
            + "\"AttributeType\":\"S\"},{\"AttributeName\":\"n\",\"AttributeType\":\"N\"}],"
            + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],"
            + "\"BillingMode\":\"PAY_PER_REQUEST\",\"GlobalSecondaryIndexes\":[{\"IndexName\":"
            + "\"by-n\",\"KeySchema\":[{\"AttributeName\":\"n\",\"KeyType\":\"HASH\"}],"
            + "\"Projection\":{\"ProjectionType\":\"ALL\"}}]}");
  }

  @Test
  void itemsReplaceThoseThatAreThere() {
    putItem("1", 1);
    put("in/a.json", line("1", 10, "") + line("2", 20, ""));
    put("in/b.json", line("3", 30, ""));
    String done = load("DYNAMODB_JSON", "NONE", "");
    assertThat(done)
        .contains("\"BulkOperationStatus\":\"COMPLETED\"")
        .contains("\"ProcessedItemCount\":3,", "\"FailedItemCount\":0")
        .containsPattern("\"ProcessedInputBytes\":(\\d+),\"TotalInputBytes\":\\1,")
        .contains("\"BulkPutBytes\":18,\"Table\":{\"BulkPutBytes\":18}");
    assertThat(items("")).containsExactly(item("1", 10), item("2", 20), item("3", 30));
    assertThat(items(",\"IndexName\":\"by-n\"")).hasSize(3);
    assertThat(IntegrityCheck.run(server.store()).named()).isEmpty();
  }

  @Test
  void anItemIsPutOnItsConditionOnly() {
    putItem("1", 1);
    putItem("2", 2);
    String greater =
        ",\"ConditionExpression\":\"#n < :n\",\"ExpressionAttributeNames\":{\"#n\":\"n\"},"
            + "\"ExpressionAttributeValues\":{\":n\":{\"N\":\"10\"}}";
    put(
        "in/a.json",
        line("1", 11, NO_OTHER)
            + line("2", 22, greater)
            + line("3", 33, NO_OTHER)
            + line("3", 44, NO_OTHER));
    String done = load("DYNAMODB_JSON", "NONE", "");
    assertThat(done)
        .contains("\"BulkOperationStatus\":\"COMPLETED\"")
        .contains("\"ProcessedItemCount\":4,", "\"FailedItemCount\":0");
    assertThat(items("")).containsExactly(item("1", 1), item("2", 22), item("3", 33));
    assertThat(report(done, "CONDITION_CHECK_FAILURE").lines())
        .containsExactly(
            "{\"itemS3Pointer\":{\"bucket\":\"bucket\",\"key\":\"in/a.json\",\"itemIndex\":0},"
                + "\"bulkOperationArn\":\""
                + arn(done)
                + "\",\"item\":"
                + item("1", 11)
                + ",\"existingItem\":"
                + item("1", 1)
                + "}",
            "{\"itemS3Pointer\":{\"bucket\":\"bucket\",\"key\":\"in/a.json\",\"itemIndex\":3},"
                + "\"bulkOperationArn\":\""
                + arn(done)
                + "\",\"item\":"
                + item("3", 44)
                + ",\"existingItem\":"
                + item("3", 33)
                + "}");
  }

  /** The items that are there are reported, too, and may be 400 KB each. */
  @Test
  void longReportsAreSettledInSeveralParts() {
    StringBuilder lines = new StringBuilder();
    for (int i = 10; i < 40; i++) {
      String large = "{\"id\":{\"S\":\"" + i + "\"},\"v\":{\"S\":\"" + "x".repeat(390_000) + "\"}}";
      call("PutItem", "{\"TableName\":\"orders\",\"Item\":" + large + "}");
      lines.append(line(Integer.toString(i), i, NO_OTHER));
    }
    put("in/a.json", lines.toString());
    String done = load("DYNAMODB_JSON", "NONE", "");
    assertThat(done)
        .contains("\"BulkOperationStatus\":\"COMPLETED\"", "\"ProcessedItemCount\":30,");
    String first = report(done, "CONDITION_CHECK_FAILURE");
    String second =
        new String(
            server.object(folder(done) + "CONDITION_CHECK_FAILURE/000000000001.json"), UTF_8);
    assertThat(Pattern.compile("\"itemIndex\":(\\d+)").matcher(first + second).results())
        .extracting(found -> Integer.parseInt(found.group(1)))
        .containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
  }

  @Test
  void conditionsAreReadFromIon() {
    putItem("1", 1);
    byte[] ion =
        """
        {Item:{id:"1",n:11},ConditionExpression:"n = :n",ExpressionAttributeValues:{':n':1}}
        {Item:{id:"2",n:22},ConditionExpression:"attribute_exists(#i)",
         ExpressionAttributeNames:{'#i':"id"}}
        """
            .getBytes(UTF_8);
    server.put("in/a.ion.zst", Zstd.compress(ion));
    assertThat(load("ION", "ZSTD", "")).contains("\"BulkOperationStatus\":\"COMPLETED\"");
    assertThat(items("")).containsExactly(item("1", 11));
  }

  @Test
  void whatBreaksARuleIsReportedAndTheOthersArePut() {
    put(
        "in/a.json",
        line("1", 10, "")
            + "{\"Item\":{\"n\":{\"N\":\"2\"}}}\n"
            + line("3", 30, ",\"ConditionExpression\":\"n <\"")
            + line("4", 40, ",\"ExpressionAttributeValues\":{\":n\":{\"N\":\"1\"}}")
            + "{\"Item\":{\"id\":{\"S\":\"5\"},\"n\":{\"S\":\"five\"}}}\n"
            + line("6", 60, "")
            + "nothing\n"
            + line("8", 80, ""));
    put("in/b.json", line("9", 90, ""));
    String done = load("DYNAMODB_JSON", "NONE", "");
    assertThat(done)
        .contains("\"BulkOperationStatus\":\"COMPLETED_WITH_ERRORS\"")
        .contains("\"ProcessedItemCount\":8,", "\"FailedItemCount\":5");
    assertThat(items("")).containsExactly(item("1", 10), item("6", 60), item("9", 90));
    assertThat(report(done, "ERROR").lines())
        .hasSize(5)
        .first()
        .asString()
        .endsWith(
            "\"errorMessages\":[\"One or more parameter values were invalid: Missing the key id in"
                + " the item\"]}");
    assertThat(new String(server.object(folder(done) + "manifest-summary.json"), UTF_8))
        .contains("\"processedItemCount\":8,\"writtenItemCount\":3,\"failedItemCount\":5");
  }

  /** An item that was put before a stop would not meet its condition a second time. */
  @Test
  void aConditionIsJudgedOnceAlsoAfterAStop() {
    StringBuilder lines = new StringBuilder();
    for (int i = 1_000; i < 3_000; i++) {
      lines.append(line(Integer.toString(i), i, NO_OTHER));
    }
    put("in/a.json", lines.toString());
    putItem("1500", 1);
    server.breakOffAfter(lines.length() / 2);
    String begun = start("DYNAMODB_JSON", "NONE", "");
    server.advance(Duration.ofSeconds(1));
    assertThat(described(begun))
        .contains("\"BulkOperationStatus\":\"IN_PROGRESS\"")
        .containsPattern("\"ProcessedItemCount\":[1-9][0-9]*00,");
    server.restart();
    String done = described(begun);
    assertThat(done)
        .contains("\"BulkOperationStatus\":\"COMPLETED\"", "\"ProcessedItemCount\":2000,");
    assertThat(report(done, "CONDITION_CHECK_FAILURE").lines()).hasSize(1);
    assertThat(call("Scan", "{\"TableName\":\"orders\",\"Select\":\"COUNT\"}"))
        .contains("\"Count\":2000");
    assertThat(IntegrityCheck.run(server.store()).named()).isEmpty();
  }

  /** The records that were passed over would not be those that are settled. */
  @Test
  void anObjectThatIsReplacedMeanwhileEndsIt() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      lines.append(line(Integer.toString(i), i, ""));
    }
    put("in/a.json", lines.toString());
    server.breakOffAfter(lines.length() / 2);
    String begun = start("DYNAMODB_JSON", "NONE", "");
    server.advance(Duration.ofSeconds(1));
    put("in/a.json", lines.reverse().toString());
    server.advance(Duration.ofSeconds(1));
    assertThat(described(begun))
        .contains("\"BulkOperationStatus\":\"FAILED\"")
        .contains("\"FailureCode\":\"S3PreconditionFailed\"", "Object in/a.json was replaced");
  }

  @Test
  void anObjectThatIsReplacedAfterItsListingIsNotRead() {
    put("in/a.json", line("1", 10, ""));
    server.beforeRead("in/a.json", () -> put("in/a.json", line("2", 20, "")));
    String begun = start("DYNAMODB_JSON", "NONE", "");
    server.advance(Duration.ofSeconds(1));
    assertThat(described(begun))
        .contains("\"BulkOperationStatus\":\"FAILED\"")
        .contains("\"FailureCode\":\"S3PreconditionFailed\"", "Object in/a.json was replaced");
    assertThat(items("")).isEmpty();
  }

  /** Operations that take long do not hold up the end of others. */
  @Test
  void fourRunAtOnceAndACancelledOneNeedNotWait() {
    List<Runnable> threads = new ArrayList<>();
    server.runBulkOperationsOn(threads::add);
    List<String> begun = startSix();
    assertThat(threads).hasSize(4);
    cancel(begun.getLast());
    server.advance(Duration.ofSeconds(1));
    assertThat(described(begun.getLast())).contains("\"BulkOperationStatus\":\"CANCELLED\"");
    assertThat(described(begun.get(4))).contains("\"BulkOperationStatus\":\"IN_PROGRESS\"");
    threads.forEach(Runnable::run);
    threads.clear();
    assertThat(described(begun.getFirst())).contains("\"BulkOperationStatus\":\"COMPLETED\"");
    server.advance(Duration.ofSeconds(1));
    threads.forEach(Runnable::run);
    assertThat(described(begun.get(4))).contains("\"BulkOperationStatus\":\"COMPLETED\"");
  }

  /** Operations whose bucket cannot be read for a while do not take every place again. */
  @Test
  void operationsThatFailForAWhileLeaveTheirPlaces() {
    List<Runnable> threads = new ArrayList<>();
    server.runBulkOperationsOn(threads::add);
    List<String> begun = startSix();
    for (Runnable thread : threads) {
      server.breakOffAfter(1);
      thread.run();
    }
    assertThat(described(begun.getFirst())).contains("\"BulkOperationStatus\":\"IN_PROGRESS\"");
    threads.clear();
    server.advance(Duration.ofSeconds(1));
    List.copyOf(threads).forEach(Runnable::run);
    assertThat(described(begun.get(4))).contains("\"BulkOperationStatus\":\"COMPLETED\"");
    assertThat(described(begun.get(5))).contains("\"BulkOperationStatus\":\"COMPLETED\"");
  }

  /** Begins operations on six tables, one second after another. */
  private List<String> startSix() {
    put("in/a.json", line("1", 10, ""));
    List<String> begun = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      begun.add(startInto("table-" + i));
      server.advance(Duration.ofSeconds(1));
    }
    return begun;
  }

  /** Begins an operation on a new table. */
  private String startInto(String table) {
    call(
        "CreateTable",
        "{\"TableName\":\""
            + table
            + "\",\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],"
            + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],"
            + "\"BillingMode\":\"PAY_PER_REQUEST\"}");
    return call(
        "StartBulkPutItems",
        request("DYNAMODB_JSON", "NONE", "").replace("\"orders\"", "\"" + table + "\""));
  }

  @Test
  void aCancelledOperationKeepsWhatIsWritten() {
    put("in/a.json", (line("1", 10, "") + line("2", 20, "")).repeat(200));
    server.breakOffAfter(12_000);
    String begun = start("DYNAMODB_JSON", "NONE", "");
    server.advance(Duration.ofSeconds(1));
    String request = "{\"BulkOperationArn\":\"" + arn(begun) + "\"}";
    assertThat(call("CancelBulkOperation", request))
        .isEqualTo(
            "{\"BulkOperationArn\":\"" + arn(begun) + "\",\"BulkOperationStatus\":\"CANCELLING\"}");
    server.advance(Duration.ofSeconds(1));
    assertThat(described(begun))
        .contains("\"BulkOperationStatus\":\"CANCELLED\"", "\"FailureCode\":\"Cancelled\"")
        .containsPattern("\"ProcessedItemCount\":[1-9]0+,");
    assertThat(items("")).hasSize(2);
    assertThat(refused("CancelBulkOperation", request)).contains("ended with status CANCELLED");
  }

  @Test
  void aCancellationAfterTheLastItemCounts() {
    put("in/a.json", line("1", 10, ""));
    String begun = start("DYNAMODB_JSON", "NONE", "");
    server.beforePut(folder(begun) + "manifest-summary.json", () -> cancel(begun));
    server.advance(Duration.ofSeconds(1));
    assertThat(described(begun)).contains("\"BulkOperationStatus\":\"CANCELLING\"");
    server.advance(Duration.ofSeconds(1));
    assertThat(described(begun)).contains("\"BulkOperationStatus\":\"CANCELLED\"");
    assertThat(new String(server.object(folder(begun) + "manifest-summary.json"), UTF_8))
        .contains("CANCELLED");
  }

  @Test
  void aCancelledOperationThatCannotReportDoesNotStopTheOthers() {
    call(
        "CreateTable",
        "{\"TableName\":\"votes\",\"AttributeDefinitions\":[{\"AttributeName\":\"id\","
            + "\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\","
            + "\"KeyType\":\"HASH\"}],\"BillingMode\":\"PAY_PER_REQUEST\"}");
    put("in/a.json", line("1", 10, ""));
    List<String> begun = new ArrayList<>();
    begun.add(start("DYNAMODB_JSON", "NONE", ""));
    String votes = request("DYNAMODB_JSON", "NONE", "").replace("\"orders\"", "\"votes\"");
    begun.add(call("StartBulkPutItems", votes));
    // Cancels the one that is carried out first, whichever it is.
    List<String> cancelled = new ArrayList<>();
    for (String each : begun) {
      server.beforePut(
          folder(each) + "_started",
          () -> {
            if (cancelled.isEmpty()) {
              cancelled.add(each);
              cancel(each);
              server.beforePut(
                  folder(each) + "manifest-summary.json",
                  () -> {
                    throw BucketException.accessDenied();
                  });
            }
          });
    }
    server.advance(Duration.ofSeconds(1));
    begun.removeAll(cancelled);
    assertThat(begun).hasSize(1);
    assertThat(described(begun.getFirst())).contains("\"BulkOperationStatus\":\"COMPLETED\"");
    assertThat(described(cancelled.getFirst())).contains("\"BulkOperationStatus\":\"CANCELLING\"");
  }

  private void cancel(String begun) {
    call("CancelBulkOperation", "{\"BulkOperationArn\":\"" + arn(begun) + "\"}");
  }

  @Test
  void aBucketOrTableThatIsNotThereEndsIt() {
    put("in/a.json", line("1", 10, ""));
    String request = request("DYNAMODB_JSON", "NONE", "");
    String nowhere = request.replace("\"S3Bucket\":\"bucket\",\"O", "\"S3Bucket\":\"none\",\"O");
    assertThat(ended(call("StartBulkPutItems", nowhere)))
        .contains("\"BulkOperationStatus\":\"FAILED\"", "\"FailureCode\":\"S3NoSuchBucket\"");
    String begun = start("DYNAMODB_JSON", "NONE", "");
    call("DeleteTable", "{\"TableName\":\"orders\"}");
    assertThat(ended(begun))
        .contains("\"BulkOperationStatus\":\"FAILED\"")
        .contains("\"FailureCode\":\"ResourceNotFoundException\"");
  }

  @Test
  void itGoesNoFasterThanItMay() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 512; i++) {
      lines.append(line("item " + i, i, ""));
    }
    put("in/a.json", lines.toString());
    var _ = load("DYNAMODB_JSON", "NONE", ",\"MaxWriteRequestUnits\":1024");
    // Each item costs a unit for the table and one for its index.
    assertThat(server.rested()).isBetween(Duration.ofMillis(990), Duration.ofMillis(1_010));
  }

  /** A server that stops waits for one part of a rest at most. */
  @Test
  void aLongRestHasParts() {
    String large =
        "{\"Item\":{\"id\":{\"S\":\"%d\"},\"v\":{\"S\":\"" + "x".repeat(9_000) + "\"}}}\n";
    put(
        "in/a.json",
        IntStream.range(0, 100).mapToObj(large::formatted).collect(Collectors.joining()));
    var _ = load("DYNAMODB_JSON", "NONE", ",\"MaxWriteRequestUnits\":1024");
    assertThat(server.rested()).isGreaterThan(Duration.ofMillis(800));
    assertThat(server.longestRest()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void aTokenStandsForOneOperation() {
    put("in/a.json", line("1", 10, ""));
    String token = ",\"ClientToken\":\"t\"";
    String first = start("DYNAMODB_JSON", "NONE", token);
    assertThat(start("DYNAMODB_JSON", "NONE", token)).isEqualTo(first);
    assertThat(refused("StartBulkPutItems", request("ION", "NONE", token)))
        .contains("IdempotentParameterMismatchException");
    assertThat(refused("StartBulkPutItems", request("ION", "NONE", "")))
        .contains("LimitExceededException", "1 concurrent bulk operation per table");
  }

  /** "Table state requirements" in the Developer Guide. */
  @Test
  void aTableThatIsMadeOrGetsAnIndexIsInUse() {
    ServerInMemory slow = ServerInMemory.start(Map.of("table-transition", "5s"));
    String made =
        "\"TableName\":\"orders\",\"AttributeDefinitions\":[{\"AttributeName\":\"id\","
            + "\"AttributeType\":\"S\"}]";
    call(
        slow,
        "CreateTable",
        "{"
            + made
            + ",\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],"
            + "\"BillingMode\":\"PAY_PER_REQUEST\"}",
        200);
    String request = request("ION", "NONE", "");
    assertThat(call(slow, "StartBulkPutItems", request, 400)).contains("ResourceInUseException");
    slow.advance(Duration.ofSeconds(6));
    call(
        slow,
        "UpdateTable",
        "{"
            + made
            + ",\"GlobalSecondaryIndexUpdates\":[{\"Create\":{\"IndexName\":\"other\","
            + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],"
            + "\"Projection\":{\"ProjectionType\":\"ALL\"}}}]}",
        200);
    assertThat(call(slow, "StartBulkPutItems", request, 400)).contains("ResourceInUseException");
    slow.advance(Duration.ofSeconds(6));
    slow.advance(Duration.ofSeconds(6));
    call(slow, "StartBulkPutItems", request, 200);
  }

  private String load(String format, String compression, String more) {
    return ended(start(format, compression, more));
  }

  private String ended(String begun) {
    server.advance(Duration.ofSeconds(1));
    return described(begun);
  }

  private String start(String format, String compression, String more) {
    return call("StartBulkPutItems", request(format, compression, more));
  }

  private static String request(String format, String compression, String more) {
    return "{\"TableName\":\"orders\",\"InputS3Configuration\":{\"S3Bucket\":\"bucket\","
        + "\"S3KeyPrefix\":\"in/\",\"InputFormat\":\""
        + format
        + "\",\"InputCompressionType\":\""
        + compression
        + "\"},\"OutputS3Configuration\":{\"S3Bucket\":\"bucket\",\"OutputType\":[\"ERROR\","
        + "\"CONDITION_CHECK_FAILURE\"]}"
        + more
        + "}";
  }

  private String described(String answer) {
    return call("DescribeBulkOperation", "{\"BulkOperationArn\":\"" + arn(answer) + "\"}");
  }

  private static String arn(String answer) {
    Matcher matcher = Pattern.compile("\"BulkOperationArn\":\"([^\"]+)\"").matcher(answer);
    assertThat(matcher.find()).as(answer).isTrue();
    return matcher.group(1);
  }

  private static String folder(String answer) {
    String arn = arn(answer);
    return "AWSDynamoDB/" + arn.substring(arn.lastIndexOf('/') + 1) + "/";
  }

  private String report(String answer, String kind) {
    return new String(server.object(folder(answer) + kind + "/000000000000.json"), UTF_8);
  }

  private void putItem(String id, int n) {
    call("PutItem", "{\"TableName\":\"orders\",\"Item\":" + item(id, n) + "}");
  }

  private static String line(String id, int n, String condition) {
    return "{\"Item\":" + item(id, n) + condition + "}\n";
  }

  private static String item(String id, int n) {
    return "{\"id\":{\"S\":\"" + id + "\"},\"n\":{\"N\":\"" + n + "\"}}";
  }

  private Set<String> items(String index) {
    return new TreeSet<>(JsonObjects.of(call("Scan", "{\"TableName\":\"orders\"" + index + "}")));
  }

  private void put(String key, String content) {
    server.put(key, content.getBytes(UTF_8));
  }

  private String call(String operation, String body) {
    return call(server, operation, body, 200);
  }

  private String refused(String operation, String body) {
    return call(server, operation, body, 400);
  }

  private static String call(ServerInMemory at, String operation, String body, int status) {
    Answer answer = at.call(ExportedFilesTest.headers(operation), body.getBytes(UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return answer.body();
  }
}
