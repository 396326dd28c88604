package org.ostraka.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.json.JsonValue;

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

  private int write(JsonValue... records) {
    ChangeWriter writer =
        new ChangeWriter(
            new Table(source, "votes", List.of("id"), NO_PAUSE),
            new Table(target, "votes", List.of("id"), NO_PAUSE),
            new Rate(Optional.empty(), InstantSource.fixed(SINCE), NO_PAUSE),
            SINCE,
            new KeyTurns());
    return writer.write(Stream.of(records).toList());
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
