package org.ostraka.delivery.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.delivery.ListFeed;
import org.ostraka.delivery.settings.DeliverySettings;
import org.ostraka.delivery.settings.SettingsReader;
import org.ostraka.delivery.settings.TriggerSettings;
import org.ostraka.delivery.trigger.FunctionServer.Answer;
import org.ostraka.delivery.trigger.FunctionServer.Seen;
import org.ostraka.delivery.wire.JsonText;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.port.ReservedPort;

@Timeout(60)
final class TriggerConsumerTest {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ManualClock clock = new ManualClock(ListFeed.START);

  /** What the consumer waited for; it did not really wait. */
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  @TempDir private Path directory;

  @AfterEach
  void closeClient() {
    http.shutdownNow();
  }

  @Test
  void changesComeInBatchesInTheirOrder() throws Exception {
    try (FunctionServer server = FunctionServer.start(_ -> Answer.OK)) {
      ListFeed feed = new ListFeed().addNumbers(250).close();
      consumer(server.uri(), "'MaximumBatchingWindowInSeconds': 300").consume(feed);

      assertThat(server.batches()).extracting(List::size).containsExactly(100, 100, 50);
      assertThat(server.values().stream().flatMap(List::stream).toList())
          .isEqualTo(numbers(1, 250));
      assertThat(feed.cursor()).isEqualTo(250);
    }
  }

  @Test
  void aBatchThatFailsIsSentAgainAfterEverLongerWaits() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (FunctionServer server =
        FunctionServer.start(_ -> calls.incrementAndGet() <= 4 ? Answer.ERROR : Answer.OK)) {
      ListFeed feed = new ListFeed().addNumbers(3).close();
      consumer(server.uri(), "'MaximumBatchingWindowInSeconds': 300").consume(feed);

      assertThat(server.values()).hasSize(5).containsOnly(numbers(1, 3));
      assertThat(feed.cursor()).isEqualTo(3);
      assertThat(pauses).hasSize(4);
      for (int i = 0; i < pauses.size(); i++) {
        assertThat(pauses.get(i).toMillis()).isBetween(100L << i, 200L << i);
      }
    }
  }

  @Test
  void bisectionFindsTheRecordThatFails() throws Exception {
    Path dead = directory.resolve("dead");
    try (FunctionServer server =
        FunctionServer.start(batch ->
            batch.stream().anyMatch(seen -> seen.value().equals("5")) ? Answer.ERROR : Answer.OK)) {
      ListFeed feed = new ListFeed().addNumbers(16).close();
      consumer(
              server.uri(),
              "'BisectBatchOnFunctionError': true, 'MaximumRetryAttempts': 2,"
                  + "'MaximumBatchingWindowInSeconds': 300, "
                  + deadLetters(dead))
          .consume(feed);

      assertThat(server.values())
          .containsExactly(
              numbers(1, 16),
              numbers(1, 8),
              numbers(1, 4),
              numbers(5, 8),
              numbers(5, 6),
              numbers(5, 5),
              numbers(5, 5),
              numbers(5, 5),
              numbers(6, 6),
              numbers(7, 8),
              numbers(9, 16));
      assertThat(feed.cursor()).isEqualTo(16);
      assertThat(Files.readAllLines(dead)).singleElement().asString().contains(number(5));
    }
  }

  @Test
  void theLowestRecordThatFailedIsWhereTheBatchGoesOn() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (FunctionServer server =
        FunctionServer.start(_ ->
            switch (calls.incrementAndGet()) {
              case 1 -> Answer.failures(number(7), number(4), number(9));
              case 2 -> Answer.failures(number(10));
              default -> new Answer(200, "{\"batchItemFailures\":[]}");
            })) {
      ListFeed feed = new ListFeed().addNumbers(10).close();
      consumer(server.uri(), REPORTING).consume(feed);

      assertThat(server.values()).containsExactly(numbers(1, 10), numbers(4, 10), numbers(10, 10));
      assertThat(feed.cursor()).isEqualTo(10);
    }
  }

  @Test
  void withBisectionABatchIsSplitAtTheRecordThatFailed() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (FunctionServer server =
        FunctionServer.start(
            _ -> calls.incrementAndGet() == 1 ? Answer.failures(number(3)) : Answer.OK)) {
      ListFeed feed = new ListFeed().addNumbers(8).close();
      consumer(
              server.uri(),
              REPORTING + ", 'BisectBatchOnFunctionError': true, 'MaximumRetryAttempts': 0")
          .consume(feed);

      assertThat(server.values()).containsExactly(numbers(1, 8), numbers(3, 8));
    }
  }

  /** "Success and failure conditions" of partial batch responses. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'batchItemFailures': [{'itemIdentifier': ''}]}",
        "{'batchItemFailures': [{'itemIdentifier': null}]}",
        "{'batchItemFailures': [{'itemId': '100000000000000000003'}]}",
        "{'batchItemFailures': [{'itemIdentifier': '100000000000000000003'}, {'itemIdentifier':"
            + " '1'}]}",
        "{'batchItemFailures': 'x'}",
        "'done'",
        "{"
      })
  void anAnswerThatNamesNoRecordMeansThatAllFailed(String body) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Answer first = new Answer(200, body.replace('\'', '"'));
    try (FunctionServer server =
        FunctionServer.start(_ -> calls.incrementAndGet() == 1 ? first : Answer.OK)) {
      ListFeed feed = new ListFeed().addNumbers(4).close();
      consumer(server.uri(), REPORTING).consume(feed);

      assertThat(server.values()).containsExactly(numbers(1, 4), numbers(1, 4));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "{'batchItemFailures': null}"})
  void anAnswerWithoutFailuresIsSuccess(String body) throws Exception {
    try (FunctionServer server =
        FunctionServer.start(_ -> new Answer(200, body.replace('\'', '"')))) {
      ListFeed feed = new ListFeed().addNumbers(4).close();
      consumer(server.uri(), REPORTING).consume(feed);

      assertThat(server.batches()).hasSize(1);
    }
  }

  @Test
  void withoutTheSettingAnswersAreNotRead() throws Exception {
    try (FunctionServer server = FunctionServer.start(_ -> Answer.failures(number(1)))) {
      ListFeed feed = new ListFeed().addNumbers(4).close();
      consumer(server.uri(), "'MaximumBatchingWindowInSeconds': 300").consume(feed);

      assertThat(server.batches()).hasSize(1);
    }
  }

  @Test
  void aBatchIsGivenUpAfterItsRetries() throws Exception {
    Path dead = directory.resolve("dead");
    clock.advance(Duration.ofSeconds(30));
    try (FunctionServer server = FunctionServer.start(_ -> Answer.ERROR)) {
      ListFeed feed = new ListFeed().addNumbers(2).close();
      consumer(
              server.uri(),
              "'MaximumRetryAttempts': 2, 'MaximumBatchingWindowInSeconds': 300, "
                  + deadLetters(dead))
          .consume(feed);

      assertThat(server.batches()).hasSize(3);
      assertThat(feed.cursor()).isEqualTo(2);
    }
    String line = Files.readString(dead);
    assertThat(line).endsWith("}\n");
    assertThat(line.replaceAll("\"requestId\":\"[-0-9a-f]{36}\"", "ID").replace('"', '\''))
        .startsWith(
            "{'requestContext':{ID,'functionArn':'arn:aws:lambda:eu-west-1:123456789012:function:t',"
                + "'condition':'RetryAttemptsExhausted','approximateInvokeCount':3},"
                + "'responseContext':{'statusCode':500,'executedVersion':'$LATEST',"
                + "'functionError':'Unhandled'},'version':'1.0','timestamp':'2026-01-01T00:00:30Z',"
                + "'DDBStreamBatchInfo':{'shardId':'shardId-00000000000000000001-00000001',"
                + "'startSequenceNumber':'100000000000000000001',"
                + "'endSequenceNumber':'100000000000000000002',"
                + "'approximateArrivalOfFirstRecord':'2026-01-01T00:00:00Z',"
                + "'approximateArrivalOfLastRecord':'2026-01-01T00:00:01Z','batchSize':2,"
                + "'streamArn':'"
                + ListFeed.STREAM
                + "'},'payload':'{\\'Records\\':[{");
  }

  @Test
  void recordsThatAreTooOldAreGivenUp() throws Exception {
    Path dead = directory.resolve("dead");
    AtomicInteger calls = new AtomicInteger();
    clock.advance(Duration.ofSeconds(62));
    try (FunctionServer server =
        FunctionServer.start(_ -> {
          // While the function fails, two further records get too old.
          if (calls.incrementAndGet() == 1) {
            clock.advance(Duration.ofSeconds(2));
            return Answer.ERROR;
          }
          return Answer.OK;
        })) {
      ListFeed feed = new ListFeed().addNumbers(10).close();
      consumer(
              server.uri(),
              "'MaximumRecordAgeInSeconds': 60, 'MaximumBatchingWindowInSeconds': 300, "
                  + deadLetters(dead))
          .consume(feed);

      assertThat(server.values()).containsExactly(numbers(3, 10), numbers(5, 10));
      assertThat(feed.cursor()).isEqualTo(10);
    }
    List<String> lines = Files.readAllLines(dead);
    assertThat(lines).hasSize(2);
    assertThat(lines)
        .allMatch(line -> line.contains("\"condition\":\"RecordAgeExceeded\""))
        .allMatch(line -> line.contains("\"batchSize\":2,"));
    assertThat(lines.get(0)).contains("\"approximateInvokeCount\":0").doesNotContain("statusCode");
    assertThat(lines.get(1)).contains("\"approximateInvokeCount\":1").contains("statusCode");
  }

  @Test
  void aFunctionThatCannotBeReachedCostsNoRetries() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ListFeed feed = new ListFeed().addNumbers(3).close();
    try (ReservedPort port = new ReservedPort()) {
      Thread consuming =
          consuming(
              consumer(
                  FunctionServer.uri(port.number()),
                  "'MaximumRetryAttempts': 0, 'MaximumBatchingWindowInSeconds': 300"),
              feed);
      while (pauses.size() < 5) {
        Thread.onSpinWait();
      }
      try (FunctionServer server =
          FunctionServer.startAt(
              port.number(), _ -> calls.incrementAndGet() == 1 ? new Answer(503, "") : Answer.OK)) {
        consuming.join();

        assertThat(server.values()).containsExactly(numbers(1, 3), numbers(1, 3));
        assertThat(feed.cursor()).isEqualTo(3);
      }
    }
  }

  @Test
  void aFunctionThatDoesNotAnswerInTimeHasFailed() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    try (FunctionServer server =
        FunctionServer.start(_ -> {
          if (calls.incrementAndGet() == 1) {
            await(end);
          }
          return Answer.OK;
        })) {
      ListFeed feed = new ListFeed().addNumbers(1).close();
      consumer(server.uri(), "'TimeoutInSeconds': 1").consume(feed);

      // On a busy machine a later call may take longer than the second, too, and is sent again.
      assertThat(server.values()).hasSizeGreaterThan(1).containsOnly(numbers(1, 1));
      assertThat(pauses).isNotEmpty();
      assertThat(feed.cursor()).isEqualTo(1);
    } finally {
      end.countDown();
    }
  }

  @Test
  void onlyWhatAFilterSelectsIsSentAndTheCursorPassesTheRest() throws Exception {
    try (FunctionServer server = FunctionServer.start(_ -> Answer.OK)) {
      ListFeed feed = new ListFeed().addNumbers(30).close();
      consumer(
              server.uri(),
              "'MaximumBatchingWindowInSeconds': 300, 'FilterCriteria': {'Filters': [{'Pattern':"
                  + " '{\\'dynamodb\\': {\\'Keys\\': {\\'id\\': {\\'S\\':"
                  + " [\\'7\\']}}}}'},{'Pattern': '{\\'dynamodb\\': {\\'NewImage\\': {\\'value\\':"
                  + " {\\'S\\': [{\\'prefix\\': \\'2\\'}]}}}}'}]}")
          .consume(feed);

      List<String> wanted = new ArrayList<>(List.of("2", "7"));
      wanted.addAll(numbers(20, 29));
      assertThat(server.values()).containsExactly(wanted);
      assertThat(feed.cursor()).isEqualTo(30);
    }
  }

  /** One item's batch hangs; other items go on, and the cursor stays before that batch. */
  @Test
  void theCursorStaysBeforeWhatIsNotDelivered() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    List<String> answered = new CopyOnWriteArrayList<>();
    try (FunctionServer server =
        FunctionServer.start(batch -> {
          if (batch.getFirst().id().equals("1")) {
            await(end);
          }
          answered.add(batch.getFirst().value());
          return Answer.OK;
        })) {
      ListFeed feed = new ListFeed().add("0", "a").add("1", "b").add("2", "c").add("3", "d");
      Thread consuming =
          consuming(consumer(server.uri(), "'BatchSize': 1, 'ParallelizationFactor': 10"), feed);
      while (answered.size() < 3) {
        Thread.onSpinWait();
      }
      feed.awaitCursor(1);
      assertThat(feed.cursor()).isEqualTo(1);
      end.countDown();
      feed.awaitCursor(4);
      feed.close();
      consuming.join();
      assertThat(answered).containsExactlyInAnyOrder("a", "b", "c", "d");
    }
  }

  @Test
  void changesOfAnItemStayInOrderInParallelLanesWithFailures() throws Exception {
    long seed = System.nanoTime();
    Random chance = new Random(seed);
    ListFeed feed = new ListFeed();
    for (int i = 1; i <= 2_000; i++) {
      feed.add("item-" + chance.nextInt(50), Integer.toString(i));
    }
    feed.close();
    Map<String, List<Integer>> taken = new TreeMap<>();
    try (FunctionServer server =
        FunctionServer.start(batch -> {
          synchronized (taken) {
            if (chance.nextInt(4) == 0) {
              return Answer.ERROR;
            }
            for (Seen seen : batch) {
              taken
                  .computeIfAbsent(seen.id(), _ -> new ArrayList<>())
                  .add(Integer.parseInt(seen.value()));
            }
            return Answer.OK;
          }
        })) {
      consumer(
              server.uri(),
              "'BatchSize': 7, 'ParallelizationFactor': 8, 'BisectBatchOnFunctionError': true")
          .consume(feed);
    }
    assertThat(taken.values())
        .as("seed %d", seed)
        .allSatisfy(values -> assertThat(values).isSorted());
    assertThat(taken.values().stream().mapToInt(List::size).sum()).isEqualTo(2_000);
    assertThat(feed.cursor()).isEqualTo(2_000);
  }

  @Test
  void aConsumerThatWasStoppedGoesOnBehindTheCursor() throws Exception {
    ListFeed feed = new ListFeed().addNumbers(10);
    try (FunctionServer server =
        FunctionServer.start(
            batch -> batch.getFirst().value().equals("6") ? Answer.ERROR : Answer.OK)) {
      Thread consuming = consuming(consumer(server.uri(), "'BatchSize': 1"), feed);
      feed.awaitCursor(5);
      while (pauses.isEmpty()) {
        Thread.onSpinWait();
      }
      consuming.interrupt();
      consuming.join();
    }
    assertThat(feed.cursor()).isEqualTo(5);
    feed.restart();
    feed.close();
    try (FunctionServer server = FunctionServer.start(_ -> Answer.OK)) {
      consumer(server.uri(), "'MaximumBatchingWindowInSeconds': 300").consume(feed);

      assertThat(server.values()).containsExactly(numbers(6, 10));
    }
  }

  @Test
  void aLineThatACrashHasCutOffIsRemoved() throws Exception {
    Path dead = directory.resolve("dead");
    Files.writeString(dead, "{\"whole\":1}\n{\"cut");
    new DeadLetters(dead).append("{\"next\":2}\n".getBytes(StandardCharsets.UTF_8));

    assertThat(Files.readAllLines(dead)).containsExactly("{\"whole\":1}", "{\"next\":2}");
  }

  private static final String REPORTING =
      "'FunctionResponseTypes': ['ReportBatchItemFailures'],"
          + " 'MaximumBatchingWindowInSeconds': 300";

  private static String deadLetters(Path file) {
    return "'DestinationConfig': {'OnFailure': {'File': '" + file + "'}}";
  }

  private TriggerConsumer consumer(URI endpoint, String members) {
    return new TriggerConsumer(
        settings(endpoint, members),
        http,
        clock,
        new Random(1),
        time -> {
          pauses.add(time);
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        },
        Thread.ofVirtual().factory());
  }

  private static TriggerSettings settings(URI endpoint, String members) {
    String text =
        "{'Triggers': [{'Name': 't', 'Table': 'orders', 'StartingPosition': 'LATEST',"
            + " 'Endpoint': '"
            + endpoint
            + "', "
            + members
            + "}]}";
    String json = text.replace("\\'", "\\\"").replace('\'', '"');
    DeliverySettings settings =
        SettingsReader.read(
            json.getBytes(StandardCharsets.UTF_8), ListFeed.TABLE.owner(), JsonText::parse);
    return settings.triggers().getFirst();
  }

  private static Thread consuming(TriggerConsumer consumer, ListFeed feed) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            consumer.consume(feed);
          } catch (InterruptedException _) {
            // The test stops it.
          }
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
  }

  private static String number(int change) {
    return ListFeed.sequenceNumber(change);
  }
}
