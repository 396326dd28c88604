package org.ostraka.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.json.JsonValue;

/** A stream whose shard 2 goes on with the items of shard 1, which is closed. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StreamTailTest {
  private static final Instant BEGUN = Instant.ofEpochSecond(10_000);
  private static final InstantSource CLOCK = InstantSource.fixed(BEGUN);
  private static final Pause YIELD = _ -> Thread.onSpinWait();

  @TempDir Path parent;

  private final RecordedEndpoint source = new RecordedEndpoint(this::answer);
  private final RecordedEndpoint target = new RecordedEndpoint((_, _) -> "{'UnprocessedItems':{}}");

  @Test
  void aShardIsReadAfterItsParent() {
    StateFile file = file(Map.of());
    try (StreamTail tail = tail(file)) {
      tail.awaitCaughtUp();
    }
    assertThat(target.requests())
        .extracting(request -> request.replaceAll(".*\"n\":\\{\"N\":\"([0-9])\".*", "$1"))
        .containsExactly("1", "2", "3");
    assertThat(file.state().shards())
        .isEqualTo(
            Map.of("shard-1", ShardPosition.ENDED, "shard-2", new ShardPosition("30", false)));
  }

  @Test
  void readingGoesOnAfterTheLastRecord() {
    StateFile file =
        file(Map.of("shard-1", ShardPosition.ENDED, "shard-2", new ShardPosition("30", false)));
    try (StreamTail tail = tail(file)) {
      tail.awaitCaughtUp();
    }
    assertThat(target.requests()).isEmpty();
    assertThat(source.requests())
        .anyMatch(request -> request.contains("AFTER_SEQUENCE_NUMBER"))
        .noneMatch(request -> request.contains("TRIM_HORIZON"));
  }

  @Test
  void changesThatAreGoneEndTheCopy() {
    StateFile file = file(Map.of("shard-0", new ShardPosition("5", false)));
    try (StreamTail tail = tail(file)) {
      assertThatThrownBy(tail::awaitCaughtUp)
          .isInstanceOf(CopyException.class)
          .hasMessageContaining("lost the shard shard-0");
    }
  }

  private StateFile file(Map<String, ShardPosition> shards) {
    return StateFile.begin(
        parent.resolve("state"),
        "a copy",
        CLOCK,
        new CopyState("", "", BEGUN.toEpochMilli(), "arn", Map.of(), shards, 0));
  }

  private StreamTail tail(StateFile file) {
    Rate rate = new Rate(Optional.empty(), CLOCK, YIELD);
    ChangeWriter writer =
        new ChangeWriter(
            new Table(source, "votes", List.of("id"), YIELD),
            new Table(target, "votes", List.of("id"), YIELD),
            rate,
            BEGUN,
            new KeyTurns());
    return new StreamTail(
        new Following(
            new SourceStream(source, "arn"), file, writer, new Progress(_ -> {}, CLOCK), YIELD),
        Thread.ofVirtual().factory(),
        BEGUN.plusSeconds(100));
  }

  private String answer(String operation, JsonValue.Members request) {
    return switch (operation) {
      case "DescribeStream" ->
          "{'StreamDescription':{'StreamStatus':'ENABLED','Shards':["
              + "{'ShardId':'shard-2','ParentShardId':'shard-1','SequenceNumberRange':{}},"
              + "{'ShardId':'shard-1','ParentShardId':'shard-0','SequenceNumberRange':"
              + "{'EndingSequenceNumber':'29'}}]}}";
      case "GetShardIterator" ->
          "{'ShardIterator':'"
              + Json.string(request, "ShardId")
              + (Json.optional(request, "SequenceNumber").isPresent() ? ":end" : ":begin")
              + "'}";
      case "GetRecords" -> records(Json.string(request, "ShardIterator"));
      default -> throw new IllegalArgumentException(operation);
    };
  }

  private static String records(String iterator) {
    return switch (iterator) {
      case "shard-1:begin" ->
          "{'Records':[" + record("10", "1") + "],'NextShardIterator':'shard-1:middle'}";
      case "shard-1:middle" -> "{'Records':[" + record("20", "2") + "]}";
      case "shard-2:begin" ->
          "{'Records':[" + record("30", "3") + "],'NextShardIterator':'shard-2:end'}";
      default -> "{'Records':[],'NextShardIterator':'" + iterator + "'}";
    };
  }

  private static String record(String sequenceNumber, String n) {
    return "{'eventName':'MODIFY','dynamodb':{'Keys':{'id':{'S':'1'}},'SequenceNumber':'"
        + sequenceNumber
        + "','ApproximateCreationDateTime':10000,'NewImage':{'id':{'S':'1'},'n':{'N':'"
        + n
        + "'}}}}";
  }
}
