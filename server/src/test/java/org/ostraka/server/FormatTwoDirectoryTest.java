package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.storage.rocksdb.DataDirectory;
import org.ostraka.storage.rocksdb.LostWrites;
import org.ostraka.storage.rocksdb.RocksSettings;
import org.ostraka.storage.rocksdb.RocksVolume;
import org.ostraka.storage.rocksdb.VolumeThreads;
import org.ostraka.testkit.transcript.Answer;

/**
 * A directory that Ostraka wrote at data format 2, and whose process was killed, has the same
 * items, indexes and tokens after it is converted. The directory was written by commit 42da934:
 * table orders has 59 of 60 items, a local and a global index; table plain has 21 items, one of
 * them put by a transaction with the token token-of-format-2; table dropped was deleted.
 */
final class FormatTwoDirectoryTest {
  private static final Path DIRECTORY = Path.of("src", "test", "resources", "format-2");

  /** A few seconds after the transaction with the token. */
  private static final Instant THEN = Instant.parse("2026-11-28T05:38:40Z");

  private static final String TRANSACTION =
      """
      {"ClientRequestToken":"token-of-format-2","TransactItems":[
        {"Put":{"TableName":"plain","Item":{"id":{"B":"dG9rZW4="},"n":{"N":"1"}}}},
        {"Update":{"TableName":"orders","Key":{"customer":{"S":"c1"},"number":{"N":"1"}},
          "UpdateExpression":"SET seen = :t","ExpressionAttributeValues":{":t":{"BOOL":true}}}}],
       "ReturnConsumedCapacity":"TOTAL"}
      """;

  @TempDir private Path parent;

  @Test
  void itemsIndexesAndTokensAreThereAfterTheConversion() throws Exception {
    Path path = copied();
    try (DataDirectory directory = DataDirectory.open(path);
        ExecutorService scans = Executors.newSingleThreadExecutor();
        ServerInMemory server =
            ServerInMemory.over(
                RocksVolume.open(
                    directory,
                    RocksSettings.DEFAULT,
                    new VolumeThreads(scans, Thread.ofPlatform().daemon().factory()),
                    LostWrites.REFUSE),
                THEN,
                Map.of())) {
      IntegrityCheck.Report report = IntegrityCheck.run(server.store());
      assertThat(report.named()).isEmpty();
      assertThat(report.tables()).isEqualTo(2);
      assertThat(report.items()).isEqualTo(59 + 21);
      assertQueries(server);
      assertToken(server);
    }
    assertThat(path.resolve("ostraka.format")).hasContent("ostraka data format 3");
  }

  private static void assertQueries(ServerInMemory server) {
    String global =
        """
        {"TableName":"orders","IndexName":"by-state","KeyConditionExpression":"#s = :s",
         "ExpressionAttributeNames":{"#s":"state"},"ExpressionAttributeValues":{":s":{"S":"paid"}}}
        """;
    Set<Integer> odd = new HashSet<>();
    Stream.iterate(1, i -> i < 60, i -> i + 2).forEach(odd::add);
    assertThat(numbers(call(server, "Query", global))).isEqualTo(odd);
    String local =
        """
        {"TableName":"orders","IndexName":"by-day",
         "KeyConditionExpression":"customer = :c AND #d > :d",
         "ExpressionAttributeNames":{"#d":"day"},
         "ExpressionAttributeValues":{":c":{"S":"c0"},":d":{"S":"2026-11-01"}}}
        """;
    // The customer's numbers are 7, 14, 21, ...: of the first day are none of them but 28 and 56.
    assertThat(numbers(call(server, "Query", local))).isEqualTo(Set.of(7, 14, 21, 35, 42, 49));
    assertThat(call(server, "ListTables", "{}")).contains("[\"orders\",\"plain\"]");
  }

  /** A repetition reads what the first request wrote, and writes nothing. */
  private static void assertToken(ServerInMemory server) {
    String before = call(server, "GetItem", key());
    assertThat(before).contains("\"seen\":{\"BOOL\":true}");
    assertThat(call(server, "UpdateItem", key().replace("}}}", "}},") + update())).isEqualTo("{}");
    assertThat(call(server, "TransactWriteItems", TRANSACTION)).contains("ReadCapacityUnits");
    assertThat(call(server, "GetItem", key())).doesNotContain("seen");
  }

  private static String key() {
    return "{\"TableName\":\"orders\",\"Key\":{\"customer\":{\"S\":\"c1\"},\"number\":{\"N\":\"1\"}}}";
  }

  private static String update() {
    return "\"UpdateExpression\":\"REMOVE seen\"}";
  }

  private static Set<Integer> numbers(String answer) {
    Set<Integer> numbers = new HashSet<>();
    Matcher number = Pattern.compile("\"number\":\\{\"N\":\"([0-9]+)\"").matcher(answer);
    while (number.find()) {
      numbers.add(Integer.valueOf(number.group(1)));
    }
    return numbers;
  }

  private static String call(ServerInMemory server, String operation, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/x-amz-json-1.0");
    headers.put("X-Amz-Date", "20261128T053840Z");
    headers.put("X-Amz-Target", "DynamoDB_20120810." + operation);
    headers.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=local/20261128/eu-central-1/dynamodb/aws4_request,"
            + " SignedHeaders=host, Signature=0");
    Answer answer = server.call(headers, body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private Path copied() throws IOException {
    Path copy = parent.resolve("data");
    List<Path> files;
    try (Stream<Path> all = Files.walk(DIRECTORY)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.copy(file, copy.resolve(DIRECTORY.relativize(file).toString()));
    }
    return copy;
  }
}
