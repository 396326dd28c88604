package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.transcript.Answer;

/**
 * Whichever read of the volume fails beneath a request, the answer is the right one or a 500, and
 * never one that lacks a row.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FailingReadTest {
  private static final int ITEMS = 12;

  /** The read has failed. */
  private static final int FAILED = -1;

  /** Which read from now on fails; 0 for none. */
  private final AtomicInteger readsUntilFailure = new AtomicInteger();

  private volatile Supplier<StorageException> failure = Failure.UNREADABLE;
  private final ServerInMemory server =
      ServerInMemory.over(
          new MemoryVolume(this::before), Instant.parse("2026-10-09T00:00:00Z"), Map.of());

  /** What a read throws that fails. */
  private enum Failure implements Supplier<StorageException> {
    UNREADABLE {
      @Override
      public StorageException get() {
        return new StorageFailedException("the disk does not give a block");
      }
    },
    DAMAGED {
      @Override
      public StorageException get() {
        return new CorruptDataException("a block is damaged");
      }
    }
  }

  /** A request that reads. */
  private record Read(String operation, String body) {
    @Override
    public String toString() {
      return operation + " " + body.strip();
    }
  }

  static List<Read> reads() {
    return Stream.of(keyed(), queries(), scans(), statements()).flatMap(each -> each).toList();
  }

  private static Stream<Read> keyed() {
    return Stream.of(
        new Read(
            "GetItem",
            """
            {"TableName":"votes","Key":{"area":{"S":"a1"},"voter":{"N":"1"}}}\
            """),
        new Read(
            "BatchGetItem",
            """
            {"RequestItems":{"votes":{"Keys":[{"area":{"S":"a0"},"voter":{"N":"0"}},
             {"area":{"S":"a1"},"voter":{"N":"1"}},{"area":{"S":"a2"},"voter":{"N":"2"}},
             {"area":{"S":"a0"},"voter":{"N":"999"}}]},
             "areas":{"Keys":[{"name":{"S":"a0"}}]}}}\
            """),
        new Read(
            "TransactGetItems",
            """
            {"TransactItems":[
             {"Get":{"TableName":"votes","Key":{"area":{"S":"a0"},"voter":{"N":"3"}}}},
             {"Get":{"TableName":"areas","Key":{"name":{"S":"a0"}}}}]}\
            """));
  }

  private static Stream<Read> queries() {
    return Stream.of(
        new Read(
            "Query",
            """
            {"TableName":"votes","KeyConditionExpression":"area = :a",
             "ExpressionAttributeValues":{":a":{"S":"a1"}}}\
            """),
        new Read(
            "Query",
            """
            {"TableName":"votes","KeyConditionExpression":"area = :a","ScanIndexForward":false,
             "ExpressionAttributeValues":{":a":{"S":"a1"}},"Limit":2}\
            """),
        new Read(
            "Query",
            """
            {"TableName":"votes","IndexName":"by-party","KeyConditionExpression":"party = :p",
             "ExpressionAttributeValues":{":p":{"S":"p0"}},"Select":"COUNT"}\
            """),
        new Read(
            "Query",
            """
            {"TableName":"votes","IndexName":"by-time","KeyConditionExpression":"area = :a",
             "ExpressionAttributeValues":{":a":{"S":"a1"}},"Select":"ALL_ATTRIBUTES",
             "ConsistentRead":true}\
            """));
  }

  private static Stream<Read> scans() {
    return Stream.of(
        new Read(
            "Scan",
            """
            {"TableName":"votes"}\
            """),
        new Read(
            "Scan",
            """
            {"TableName":"votes","TotalSegments":2,"Segment":1,"Select":"COUNT"}\
            """),
        new Read(
            "Scan",
            """
            {"TableName":"votes","IndexName":"by-party"}\
            """),
        new Read(
            "Scan",
            """
            {"TableName":"votes","FilterExpression":"party = :p",
             "ExpressionAttributeValues":{":p":{"S":"p1"}}}\
            """));
  }

  private static Stream<Read> statements() {
    return Stream.of(
        new Read(
            "ExecuteStatement",
            """
            {"Statement":"SELECT * FROM votes"}\
            """),
        new Read(
            "ExecuteStatement",
            """
            {"Statement":"SELECT * FROM votes WHERE area IN ['a0', 'a2'] AND voter > 2"}\
            """),
        new Read(
            "ExecuteStatement",
            """
            {"Statement":"SELECT voter FROM votes WHERE area = 'a1' AND voter = 1"}\
            """),
        new Read(
            "ExecuteStatement",
            """
            {"Statement":"SELECT * FROM votes.\\"by-party\\" WHERE party = 'p1'"}\
            """),
        new Read(
            "BatchExecuteStatement",
            """
            {"Statements":[{"Statement":"SELECT * FROM votes WHERE area = 'a1' AND voter = 1"},
             {"Statement":"SELECT * FROM votes WHERE area = 'a2' AND voter = 2"},
             {"Statement":"SELECT * FROM areas WHERE name = 'a0'"}]}\
            """),
        new Read(
            "ExecuteTransaction",
            """
            {"TransactStatements":[
             {"Statement":"SELECT * FROM votes WHERE area = 'a1' AND voter = 1"},
             {"Statement":"SELECT * FROM areas WHERE name = 'a0'"}]}\
            """));
  }

  @BeforeEach
  void fill() {
    sound(
        "CreateTable",
        """
        {"TableName":"areas","AttributeDefinitions":[{"AttributeName":"name","AttributeType":"S"}],
         "KeySchema":[{"AttributeName":"name","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}\
        """);
    sound(
        "PutItem",
        """
        {"TableName":"areas","Item":{"name":{"S":"a0"}}}\
        """);
    sound(
        "CreateTable",
        """
        {"TableName":"votes","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[
          {"AttributeName":"area","AttributeType":"S"},{"AttributeName":"voter","AttributeType":"N"},
          {"AttributeName":"party","AttributeType":"S"},{"AttributeName":"time","AttributeType":"N"}],
         "KeySchema":[{"AttributeName":"area","KeyType":"HASH"},
          {"AttributeName":"voter","KeyType":"RANGE"}],
         "LocalSecondaryIndexes":[{"IndexName":"by-time","KeySchema":[
          {"AttributeName":"area","KeyType":"HASH"},{"AttributeName":"time","KeyType":"RANGE"}],
          "Projection":{"ProjectionType":"KEYS_ONLY"}}],
         "GlobalSecondaryIndexes":[{"IndexName":"by-party","KeySchema":[
          {"AttributeName":"party","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}]}\
        """);
    for (int i = 0; i < ITEMS; i++) {
      sound(
          "PutItem",
          """
          {"TableName":"votes","Item":{"area":{"S":"a%d"},"voter":{"N":"%d"},"party":{"S":"p%d"},
           "time":{"N":"%d"},"note":{"S":"n%d"}}}\
          """
              .formatted(i % 3, i, i % 2, ITEMS - i, i));
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("reads")
  void anAnswerLacksNothingWhicheverReadFails(Read read) {
    Answer right = sound(read.operation(), read.body());
    assertThat(right.body()).as("an answer that tells something").hasSizeGreaterThan(10);
    for (Failure each : Failure.values()) {
      failure = each;
      int failed = failEachRead(read, right);
      assertThat(failed).as("reads that failed").isPositive();
      assertThat(sound(read.operation(), read.body())).isEqualTo(right);
    }
  }

  /** Returns how many reads the request has, each of which has failed once. */
  private int failEachRead(Read read, Answer right) {
    int number = 0;
    Answer answer;
    boolean reached;
    do {
      number++;
      readsUntilFailure.set(number);
      answer = call(read.operation(), read.body());
      reached = readsUntilFailure.getAndSet(0) == FAILED;
      if (reached) {
        assertThat(answer.status()).as("read %d of %s: %s", number, read, answer).isEqualTo(500);
        assertThat(answer.body()).contains("InternalServerError");
      }
    } while (reached);
    assertThat(answer).isEqualTo(right);
    return number - 1;
  }

  @ParameterizedTest
  @EnumSource
  void aWriteThatCannotReadChangesNothing(Failure kind) {
    failure = kind;
    Read look = new Read("Scan", "{\"TableName\":\"votes\"}");
    Answer before = sound(look.operation(), look.body());
    Read update =
        new Read(
            "UpdateItem",
            """
            {"TableName":"votes","Key":{"area":{"S":"a1"},"voter":{"N":"1"}},
             "UpdateExpression":"SET party = :p","ExpressionAttributeValues":{":p":{"S":"new"}}}\
            """);
    int number = 1;
    while (isRefused(update, number)) {
      assertThat(sound(look.operation(), look.body())).isEqualTo(before);
      number++;
    }
    assertThat(number).as("reads of an update").isGreaterThan(1);
    assertThat(sound(look.operation(), look.body()).body()).contains("\"new\"");
  }

  private boolean isRefused(Read write, int failing) {
    readsUntilFailure.set(failing);
    Answer answer = call(write.operation(), write.body());
    boolean reached = readsUntilFailure.getAndSet(0) == FAILED;
    assertThat(answer.status()).as("%s", answer).isEqualTo(reached ? 500 : 200);
    return reached;
  }

  private void before(MemoryVolume.Step step) {
    if (step == MemoryVolume.Step.READ
        && readsUntilFailure.getAndUpdate(left -> left > 0 ? left - 1 : left) == 1) {
      readsUntilFailure.set(FAILED);
      throw failure.get();
    }
  }

  private Answer sound(String operation, String body) {
    Answer answer = call(operation, body);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer;
  }

  private Answer call(String operation, String body) {
    return server.call(
        Map.of(
            "Host",
            "localhost",
            "Content-Type",
            "application/x-amz-json-1.0",
            "X-Amz-Date",
            "20261009T000000Z",
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=local/20261009/us-east-1/dynamodb/aws4_request,"
                + " SignedHeaders=host, Signature=0",
            "X-Amz-Target",
            "DynamoDB_20120810." + operation),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
