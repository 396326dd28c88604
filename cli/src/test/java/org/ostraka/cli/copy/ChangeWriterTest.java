package org.ostraka.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.wire.JsonText;

final class ChangeWriterTest {
  private static final Instant SINCE = Instant.ofEpochSecond(10_000);
  private static final Pause NO_PAUSE = _ -> {};

  private final RecordedEndpoint source =
      new RecordedEndpoint((_, _) ->
          "{'Responses':{'votes':[{'id':{'S':'1'},'n':{'N':'7'}}]},'UnprocessedKeys':{}}");
  private final RecordedEndpoint target = new RecordedEndpoint((_, _) -> "{'UnprocessedItems':{}}");

  @Test
  void theLastRecordOfAKeyIsWritten() {
    assertThat(
            write(
                put("1", "'NewImage':{'id':{'S':'1'},'n':{'N':'1'}},"),
                put("2", "'NewImage':{'id':{'S':'2'}},"),
                put("1", "'NewImage':{'id':{'S':'1'},'n':{'N':'2'}},"),
                remove("2")))
        .isEqualTo(4);
    assertThat(target.requests())
        .containsExactly(
            "BatchWriteItem {\"RequestItems\":{\"votes\":["
                + "{\"PutRequest\":{\"Item\":{\"id\":{\"S\":\"1\"},\"n\":{\"N\":\"2\"}}}},"
                + "{\"DeleteRequest\":{\"Key\":{\"id\":{\"S\":\"2\"}}}}]}}");
    assertThat(source.requests()).isEmpty();
  }

  @Test
  void recordsWithoutImagesHaveTheItemReadFromTheSource() {
    assertThat(write(put("1", ""), put("2", ""))).isEqualTo(2);
    assertThat(source.requests()).singleElement().asString().startsWith("BatchGetItem ");
    assertThat(target.requests())
        .containsExactly(
            "BatchWriteItem {\"RequestItems\":{\"votes\":["
                + "{\"PutRequest\":{\"Item\":{\"id\":{\"S\":\"1\"},\"n\":{\"N\":\"7\"}}}},"
                + "{\"DeleteRequest\":{\"Key\":{\"id\":{\"S\":\"2\"}}}}]}}");
  }

  @Test
  void recordsThatTheScanHasSeenArePassedOver() {
    String image = "'NewImage':{'id':{'S':'1'}},";
    assertThat(write(record("MODIFY", "1", image, SINCE.minusSeconds(901)))).isZero();
    assertThat(target.requests()).isEmpty();
    assertThat(write(record("MODIFY", "1", image, SINCE.minusSeconds(899)))).isEqualTo(1);
    assertThat(target.requests()).hasSize(1);
  }

  /** Between two parts others may write keys of the first one, and need not wait for the end. */
  @Test
  @Timeout(60)
  void aRepairKeepsOthersFromFewKeysAtATime() {
    KeyTurns turns = new KeyTurns();
    List<JsonValue> keys = IntStream.range(0, 150).mapToObj(ChangeWriterTest::key).toList();
    AtomicInteger reads = new AtomicInteger();
    AtomicInteger others = new AtomicInteger();
    RecordedEndpoint empty =
        new RecordedEndpoint((_, _) -> {
          if (reads.getAndIncrement() == 1) {
            turns.run(Set.of(ItemDigest.of(keys.getFirst())), others::incrementAndGet);
          }
          return "{'Responses':{'votes':[]},'UnprocessedKeys':{}}";
        });
    writer(empty, turns).repair(keys);
    assertThat(others).hasValue(1);
    assertThat(reads).hasValue(2);
    for (JsonValue key : keys) {
      assertThat(String.join("", target.requests()))
          .containsOnlyOnce("{\"DeleteRequest\":{\"Key\":" + text(key) + "}}");
    }
  }

  private int write(JsonValue... records) {
    return writer(source, new KeyTurns()).write(Stream.of(records).toList());
  }

  private ChangeWriter writer(Endpoint from, KeyTurns turns) {
    return new ChangeWriter(
        new Table(from, "votes", List.of("id"), NO_PAUSE),
        new Table(target, "votes", List.of("id"), NO_PAUSE),
        new Rate(Optional.empty(), InstantSource.fixed(SINCE), NO_PAUSE),
        SINCE,
        turns);
  }

  private static JsonValue key(int number) {
    return RecordedEndpoint.json("{'id':{'S':'%d'}}".formatted(number));
  }

  private static String text(JsonValue key) {
    return new String(JsonText.bytes(key), StandardCharsets.UTF_8);
  }

  private static JsonValue put(String id, String image) {
    return record("MODIFY", id, image, SINCE);
  }

  private static JsonValue remove(String id) {
    return record("REMOVE", id, "", SINCE);
  }

  private static JsonValue record(String event, String id, String image, Instant moment) {
    return RecordedEndpoint.json(
        "{'eventName':'%s','dynamodb':{%s'Keys':{'id':{'S':'%s'}},'SequenceNumber':'1',"
                .formatted(event, image, id)
            + "'ApproximateCreationDateTime':"
            + moment.getEpochSecond()
            + "}}");
  }
}
