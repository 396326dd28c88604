package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A scan of the port by requests that are not authenticated: none is carried out, none fails the
 * server, and a client that signs is served meanwhile. A full scan has a million requests: {@code
 * -Dostraka.scan.requests=1000000}.
 */
final class ScanIT {
  private static final int REQUESTS = Integer.getInteger("ostraka.scan.requests", 12_000);
  private static final int SCANNERS = 4;

  /** Stands among the statuses for a connection that was closed without an answer. */
  private static final int CLOSED = 0;

  private static final List<String> METHODS =
      List.of("POST", "POST", "POST", "POST", "GET", "PUT", "OPTIONS");

  private static final List<String> OPERATIONS =
      List.of(
          "DynamoDB_20120810.CreateTable",
          "DynamoDB_20120810.DeleteTable",
          "DynamoDB_20120810.GetItem",
          "DynamoDB_20120810.PutItem",
          "DynamoDB_20120810.Scan",
          "DynamoDB_20120810.TransactWriteItems",
          "DynamoDB_20120810.ExecuteStatement",
          "DynamoDB_20120810.ListTables",
          "DynamoDBStreams_20120810.ListStreams",
          "DynamoDB_20120810.Nothing",
          "Nothing");

  private static final List<String> BODIES =
      List.of(
          "{}",
          "",
          "{\"TableName\":\"votes\"}",
          "{\"TableName\":\"votes\",\"Key\":{\"PK\":{\"S\":\"1\"},\"SK\":{\"S\":\"1\"}}}",
          "{\"TableName\":\"votes\",\"Item\":{\"PK\":{\"S\":\"1\"},\"SK\":{\"S\":\"1\"}}}",
          "{\"Statement\":\"SELECT * FROM votes\"}",
          "{\"TableName\":",
          "[[[[[[",
          "\u0000\u0001",
          "Action=GetCallerIdentity&Version=2011-06-15",
          "Action=CreateUser&UserName=x&Version=2010-05-08");

  private static final List<String> CREDENTIALS =
      List.of(
          "",
          "Authorization: \r\n",
          "Authorization: Basic cm9vdDpyb290\r\n",
          "Authorization: AWS4-HMAC-SHA256\r\n",
          "Authorization: AWS4-HMAC-SHA256 Credential=%s/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00\r\nX-Amz-Date: 20260101T000000Z\r\n",
          "Authorization: AWS4-HMAC-SHA256 Credential=%s/x/y/z, SignedHeaders=, Signature=\r\nX-Amz-Date: x\r\n",
          "Authorization: AWS4-ECDSA-P256-SHA256 Credential=%s/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00\r\n",
          "X-Amz-Security-Token: token\r\n");

  private static final List<String> PATHS =
      List.of(
          "/",
          "/",
          "/",
          "/",
          "/",
          "/admin",
          "/?Action=GetCallerIdentity&Version=2011-06-15",
          "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=%s%%2F20260101%%2Fus-east-1%%2Fdynamodb%%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=00",
          "/../../etc/passwd",
          "/%%zz?%%");

  private static final List<String> TYPES =
      List.of(
          "application/x-amz-json-1.0",
          "application/json",
          "application/x-www-form-urlencoded",
          "text/html",
          "");

  @TempDir private Path directory;

  @Test
  void nothingIsCarriedOutAndNothingFails() throws Exception {
    Seed seed = Seed.announcedFor(ScanIT.class);
    Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
    try (OstrakaProcess server =
            OstrakaProcess.serveWith(
                directory.resolve("data"), RootKey.ENVIRONMENT, "--audit-data-events", "all");
        DynamoDbClient good =
            SdkClients.connect(
                server.endpoint(), AwsBasicCredentials.create(RootKey.ID, RootKey.SECRET))) {
      good.createTable(VoteTable.request("votes"));
      scan(server.endpoint(), seed, statuses, good);
      assertThat(good.scan(scan -> scan.tableName("votes")).items()).isEmpty();
      assertThat(server.terminate().status()).isZero();
    }
    System.out.println("ScanIT: requests by their answers: " + statuses);
    assertThat(statuses).containsKeys(400, 403, 404, 503);
    List<String> events = audited();
    assertThat(events)
        .isNotEmpty()
        .allMatch(line ->
            line.contains("\"type\":\"Root\"")
                || line.contains("\"userIdentity\":{\"type\":\"Unknown\"}")
                || line.contains("OstrakaAuditSeal"));
    assertThat(events)
        .filteredOn(line -> line.contains("\"type\":\"Root\""))
        .allMatch(line -> line.contains("\"userAgent\":\"aws-sdk-java/2"));
  }

  private List<String> audited() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("data/audit"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  /** Several scanners at once, and a client that signs beside them. */
  private static void scan(
      URI endpoint, Seed seed, Map<Integer, Integer> statuses, DynamoDbClient good)
      throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(SCANNERS)) {
      List<Future<?>> scanners = new ArrayList<>();
      for (int i = 0; i < SCANNERS; i++) {
        Random random = seed.random(i);
        scanners.add(
            threads.submit(() -> {
              scan(endpoint, random, statuses);
              return null;
            }));
      }
      while (!scanners.stream().allMatch(Future::isDone)) {
        assertThat(good.listTables().tableNames()).containsExactly("votes");
      }
      for (Future<?> scanner : scanners) {
        scanner.get();
      }
    }
  }

  private static void scan(URI endpoint, Random random, Map<Integer, Integer> statuses)
      throws IOException {
    RawConnection connection = open(endpoint, random);
    for (int i = 0; i < REQUESTS / SCANNERS; i++) {
      Request request = Request.chosenBy(random);
      int status = statusOf(connection, request);
      assertThat(status)
          .as(request.text())
          .matches(got -> got != 500 && (got != 200 || request.mayBeFine()), "is refused");
      statuses.merge(status, 1, Integer::sum);
      boolean ended = status == CLOSED || connection.isClosing() || request.damaged();
      if (ended || random.nextInt(20) == 0) {
        connection.close();
        connection = open(endpoint, random);
      }
    }
    connection.close();
  }

  /** Every second connection comes from an address of its own, which no limit has seen yet. */
  private static RawConnection open(URI endpoint, Random random) throws IOException {
    if (random.nextBoolean()) {
      return RawConnection.open(endpoint);
    }
    byte[] address = {
      127, (byte) random.nextInt(256), (byte) random.nextInt(256), (byte) (1 + random.nextInt(254))
    };
    return RawConnection.openFrom(InetAddress.getByAddress(address), endpoint);
  }

  private static int statusOf(RawConnection connection, Request request) {
    try {
      connection.send(request.text().getBytes(StandardCharsets.ISO_8859_1));
      if (request.damaged()) {
        connection.endOutput();
      }
      return connection.readAnswer();
    } catch (IOException _) {
      return CLOSED;
    }
  }

  /** A request without a valid signature. A damaged one is cut, and nothing follows it. */
  private record Request(String text, boolean damaged) {

    static Request chosenBy(Random random) {
      String key = random.nextInt(4) == 0 ? RootKey.ID : "AKID" + random.nextInt(1000);
      String body = oneOf(BODIES, random);
      String text =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nX-Amz-Target: %s\r\n%sContent-Length: %d\r\n\r\n%s"
              .formatted(
                  oneOf(METHODS, random),
                  oneOf(PATHS, random).formatted(key),
                  oneOf(TYPES, random),
                  oneOf(OPERATIONS, random),
                  oneOf(CREDENTIALS, random).formatted(key),
                  body.length(),
                  body);
      if (random.nextInt(50) > 0) {
        return new Request(text, false);
      }
      String start = text.substring(0, random.nextInt(text.length()));
      return new Request(start + (char) random.nextInt(256) + "\r\n\r\n", true);
    }

    /** Returns whether 200 is the right answer: the line of health, and preflights of browsers. */
    boolean mayBeFine() {
      return text.startsWith("GET / ")
          || text.startsWith("GET /?X-Amz")
          || text.startsWith("OPTIONS ");
    }

    private static String oneOf(List<String> all, Random random) {
      return all.get(random.nextInt(all.size()));
    }
  }
}
