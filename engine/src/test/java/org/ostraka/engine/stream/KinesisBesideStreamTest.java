package org.ostraka.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.ChangeLog;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.kinesis.DestinationSettling;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.StreamArn;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableArn;
import org.ostraka.model.operation.DisableKinesisStreamingDestination;
import org.ostraka.model.operation.EnableKinesisStreamingDestination;
import org.ostraka.model.operation.GetRecords;
import org.ostraka.model.operation.StreamSpecification;
import org.ostraka.model.operation.UpdateTable;

/** A table records its changes as long as a stream or a Kinesis destination needs them, once. */
class KinesisBesideStreamTest {
  private static final String TABLE = "votes";
  private static final String KINESIS = "arn:aws:kinesis:us-east-1:000000000000:stream/changes";
  private static final int SHARDS = 3;

  private final TableArn arn = TestEngine.arn(TABLE);
  private final TestEngine engine =
      new TestEngine(
          EngineSettings.DEFAULT.withStreams(
              new StreamSettings(
                  SHARDS,
                  StreamSettings.DEFAULT.shardLifetime(),
                  StreamSettings.DEFAULT.readerRetention())));

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aDestinationAloneGetsBothImagesFromItsActivationOn() {
    engine.create(TABLE);
    put("a", 1);
    LogReader reader = enable();
    assertThat(log().orElseThrow().images()).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
    assertThat(engine.describe(TABLE).stream()).isEmpty();
    put("a", 2);
    GetRecords.StreamRecord record = onlyRecord(reader);
    assertThat(record.before().orElseThrow().attribute("n")).contains(number(1));
    assertThat(record.after().orElseThrow().attribute("n")).contains(number(2));
    disable();
    assertThat(log()).as("nobody reads any more").isEmpty();
  }

  @Test
  void aStreamShowsItsPartBesideADestination() {
    engine.create(TABLE);
    String stream = enableStream(StreamViewType.KEYS_ONLY);
    put("a", 1);
    LogReader reader = enable();
    put("a", 2);
    assertThat(onlyRecord(reader).after()).isPresent();
    disable();
    put("a", 3);
    StreamReader client = new StreamReader(stream, 10);
    client.read(engine);
    assertThat(client.records()).hasSize(3).allMatch(each -> each.after().isEmpty());
    assertThat(log().orElseThrow().images()).isEqualTo(StreamViewType.KEYS_ONLY);
  }

  @Test
  void aDestinationGoesOnWhenAStreamComesAndGoes() {
    engine.create(TABLE);
    LogReader reader = enable();
    put("a", 1);
    String stream = enableStream(StreamViewType.NEW_IMAGE);
    put("a", 2);
    updateStream(new StreamSpecification(false, null));
    put("a", 3);
    StreamReader client = new StreamReader(stream, 10);
    client.read(engine);
    assertThat(client.records()).as("what was written while the stream was enabled").hasSize(1);
    assertThat(client.finished()).as("a disabled stream ends").isEqualTo(SHARDS);
    assertThat(numbers(reader)).containsExactly(1, 2, 3);
  }

  @Test
  void eachChildHasOneParentWhateverComesAndGoes() {
    engine.create(TABLE);
    enable();
    enableStream(StreamViewType.NEW_IMAGE);
    updateStream(new StreamSpecification(false, null));
    disable();
    List<LogHistory.Shard> shards = new LogHistories(engine.store()).of(arn).shards();
    assertThat(shards).hasSize(3 * SHARDS);
    for (LogHistory.Shard shard : shards) {
      shard
          .parent()
          .ifPresent(parent -> {
            LogHistory.Shard found =
                shards.stream()
                    .filter(each -> each.space().equals(parent))
                    .findFirst()
                    .orElseThrow();
            assertThat(found.log().first()).isEqualTo(shard.log().first());
          });
    }
  }

  private LogReader enable() {
    var _ =
        engine
            .operations()
            .enableKinesisStreamingDestination()
            .handle(
                TestEngine.CALLER,
                new EnableKinesisStreamingDestination.Request(TABLE, KINESIS, null));
    LogReader reader =
        new LogReaders(engine.store())
            .begin(arn, "kinesis/test", false, LogReader.Start.NEXT_SHARDS, List.of());
    settle();
    return reader;
  }

  private void disable() {
    var _ =
        engine
            .operations()
            .disableKinesisStreamingDestination()
            .handle(
                TestEngine.CALLER,
                new DisableKinesisStreamingDestination.Request(TABLE, KINESIS, null));
    settle();
  }

  private void settle() {
    new DestinationSettling(engine.catalogue(), engine.settings().streams(), engine.clock())
        .settle(arn, KINESIS);
  }

  private String enableStream(StreamViewType viewType) {
    updateStream(new StreamSpecification(true, viewType));
    return new StreamArn(arn, engine.describe(TABLE).stream().orElseThrow().label()).toString();
  }

  private void updateStream(StreamSpecification stream) {
    var _ =
        engine.update(
            new UpdateTable.Request(
                TABLE, null, null, null, null, null, null, null, null, null, stream));
  }

  private Optional<ChangeLog> log() {
    return engine
        .catalogue()
        .describe(arn)
        .flatMap(table -> table.current())
        .map(TableRecord::spaces)
        .flatMap(spaces -> spaces.changes());
  }

  private void put(String id, int n) {
    engine.put(TABLE, new Item(Map.of("id", new AttributeValue.S(id), "n", number(n))));
  }

  private static AttributeValue number(int n) {
    return new AttributeValue.N(BigDecimal.valueOf(n));
  }

  private GetRecords.StreamRecord onlyRecord(LogReader reader) {
    List<GetRecords.StreamRecord> records = read(reader);
    assertThat(records).hasSize(1);
    return records.getFirst();
  }

  private List<Integer> numbers(LogReader reader) {
    return read(reader).stream()
        .map(record -> record.after().orElseThrow().attribute("n").orElseThrow())
        .map(value -> ((AttributeValue.N) value).value().intValueExact())
        .toList();
  }

  /** Returns all changes, of a parent before those of its child. */
  private List<GetRecords.StreamRecord> read(LogReader reader) {
    List<GetRecords.StreamRecord> records = new ArrayList<>();
    LogHistories histories = new LogHistories(engine.store());
    LogHistory history = histories.of(arn);
    LogReader now = reader;
    boolean more = true;
    while (more) {
      more = false;
      for (LogHistory.Shard shard : now.readable(history)) {
        UnreadShard unread = new UnreadShard(engine.store(), histories, now, history, shard);
        unread.next(100, 1 << 20).forEach(change -> records.add(change.record()));
        if (unread.isAtEnd()) {
          now = now.finished(shard.space());
          more = true;
        }
      }
    }
    return records;
  }
}
