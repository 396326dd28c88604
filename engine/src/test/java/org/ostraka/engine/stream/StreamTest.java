package org.ostraka.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.model.Item;
import org.ostraka.model.LatestStream;
import org.ostraka.model.StreamArn;
import org.ostraka.model.StreamStatus;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.error.ExpiredIteratorException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.TrimmedDataAccessException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.DescribeStream;
import org.ostraka.model.operation.GetRecords;
import org.ostraka.model.operation.GetShardIterator;
import org.ostraka.model.operation.ListStreams;
import org.ostraka.model.operation.StreamSpecification;
import org.ostraka.model.operation.UpdateTable;

/** The life of a stream: where its readers begin, what they lose by waiting, and when it ends. */
@Tag("postgresql")
class StreamTest {
  private static final String TABLE = "votes";

  private TestEngine engine =
      new TestEngine(EngineSettings.DEFAULT.withStreams(StreamSettings.DEFAULT));

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void readingBeginsWhereTheIteratorSays() {
    String arn = streamOf(StreamViewType.KEYS_ONLY);
    engine.put(TABLE, "a");
    String shard = shards(arn).getFirst().id();
    String latest = iterator(arn, shard, GetShardIterator.Type.LATEST);
    engine.put(TABLE, "b");
    engine.put(TABLE, "c");
    List<GetRecords.StreamRecord> all =
        records(iterator(arn, shard, GetShardIterator.Type.TRIM_HORIZON));
    assertThat(all)
        .extracting(record -> record.key())
        .containsExactly(item("a"), item("b"), item("c"));
    assertThat(records(latest)).isEqualTo(all.subList(1, 3));
    String second = all.get(1).sequenceNumber();
    assertThat(records(at(arn, shard, GetShardIterator.Type.AT_SEQUENCE_NUMBER, second)))
        .isEqualTo(all.subList(1, 3));
    assertThat(records(at(arn, shard, GetShardIterator.Type.AFTER_SEQUENCE_NUMBER, second)))
        .isEqualTo(all.subList(2, 3));
    BigInteger first = shards(arn).getFirst().first();
    assertThat(records(at(arn, shard, GetShardIterator.Type.AT_SEQUENCE_NUMBER, first.toString())))
        .isEqualTo(all);
  }

  @Test
  void aRecordHasTheIdThatItHadBefore() {
    String arn = streamOf(StreamViewType.NEW_IMAGE);
    engine.put(TABLE, "a");
    engine.put(TABLE, "b");
    String shard = shards(arn).getFirst().id();
    String start = iterator(arn, shard, GetShardIterator.Type.TRIM_HORIZON);
    List<GetRecords.StreamRecord> once = records(start);
    assertThat(records(start)).isEqualTo(once);
    assertThat(once.getFirst().eventId())
        .matches("[0-9a-f]{32}")
        .isNotEqualTo(once.getLast().eventId());
  }

  @Test
  void whatAWriteDoesNotChangeIsNotRecorded() {
    String arn = streamOf(StreamViewType.NEW_AND_OLD_IMAGES);
    engine.put(TABLE, "a");
    engine.put(TABLE, "a");
    engine.deleteItem(TABLE, "b");
    assertThat(all(arn)).hasSize(1);
  }

  @Test
  void aShardGetsAChildInTime() {
    String arn = streamOf(StreamViewType.KEYS_ONLY);
    engine.put(TABLE, "a");
    engine.clock().advance(Duration.ofHours(4));
    StreamReplayTest.maintain(engine);
    engine.put(TABLE, "b");
    List<DescribeStream.Shard> shards = shards(arn);
    assertThat(shards).hasSize(2);
    assertThat(shards.get(1).parent()).isEqualTo(shards.get(0).id());
    assertThat(shards.get(0).last()).isGreaterThan(shards.get(0).first());
    assertThat(shards.get(1).first()).isGreaterThan(shards.get(0).last());
    assertThat(shards.get(1).last()).isNull();
    assertThat(
            StreamReader.describe(
                    engine, new DescribeStream.Request(arn, null, null, shards.get(0).id()))
                .shards())
        .containsExactly(shards.get(1));
    String first = iterator(arn, shards.get(0).id(), GetShardIterator.Type.TRIM_HORIZON);
    GetRecords.Response page = StreamReader.page(engine, first, null);
    assertThat(page.records()).hasSize(1);
    assertThat(page.nextShardIterator()).as("the shard has ended").isNull();
    assertThat(all(arn)).hasSize(2);
  }

  @Test
  void anIteratorExpires() {
    String arn = streamOf(StreamViewType.KEYS_ONLY);
    String iterator =
        iterator(arn, shards(arn).getFirst().id(), GetShardIterator.Type.TRIM_HORIZON);
    engine.clock().advance(Duration.ofMinutes(15));
    assertThat(records(iterator)).isEmpty();
    engine.clock().advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> records(iterator)).isInstanceOf(ExpiredIteratorException.class);
  }

  @Test
  void recordsAreReadableForADayWhetherOrNotTheyWereTrimmed() {
    for (boolean trimmed : List.of(true, false)) {
      String arn = streamOf(StreamViewType.KEYS_ONLY);
      String shard = shards(arn).getFirst().id();
      engine.put(TABLE, "a");
      String old = all(arn).getFirst().sequenceNumber();
      engine.clock().advance(Duration.ofHours(24).minusMinutes(10));
      engine.put(TABLE, "b");
      String early = iterator(arn, shard, GetShardIterator.Type.TRIM_HORIZON);
      assertThat(records(early)).hasSize(2);
      engine.clock().advance(Duration.ofMinutes(10));
      if (trimmed) {
        StreamReplayTest.maintain(engine);
      }
      assertThatThrownBy(() -> records(early)).isInstanceOf(TrimmedDataAccessException.class);
      assertThatThrownBy(() -> at(arn, shard, GetShardIterator.Type.AT_SEQUENCE_NUMBER, old))
          .isInstanceOf(TrimmedDataAccessException.class);
      assertThat(records(at(arn, shard, GetShardIterator.Type.AFTER_SEQUENCE_NUMBER, old)))
          .hasSize(1);
      assertThat(records(iterator(arn, shard, GetShardIterator.Type.TRIM_HORIZON))).hasSize(1);
      engine.delete(TABLE);
    }
  }

  @Test
  void aDisabledStreamIsReadableForADay() {
    String arn = streamOf(StreamViewType.KEYS_ONLY);
    engine.put(TABLE, "a");
    update(new StreamSpecification(false, null));
    engine.put(TABLE, "b");
    assertThat(all(arn)).hasSize(1);
    assertThat(status(arn)).isEqualTo(StreamStatus.DISABLED);
    assertThat(engine.describe(TABLE).stream().orElseThrow().isEnabled()).isFalse();
    engine.clock().advance(Duration.ofHours(24).minusMillis(1));
    StreamReplayTest.maintain(engine);
    assertThat(status(arn)).isEqualTo(StreamStatus.DISABLED);
    engine.clock().advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> status(arn)).isInstanceOf(ResourceNotFoundException.class);
    StreamReplayTest.maintain(engine);
    assertThat(engine.store().spaces())
        .as("nothing is left but the catalogue, and an item")
        .hasSize(2);
    assertThat(engine.check().named()).isEmpty();
  }

  @Test
  void aStreamOutlivesItsTable() {
    String arn = streamOf(StreamViewType.NEW_IMAGE);
    engine.put(TABLE, "a");
    engine.delete(TABLE);
    assertThat(all(arn)).hasSize(1);
    assertThat(status(arn)).isEqualTo(StreamStatus.DISABLED);
    engine = engine.restart();
    engine.clock().advance(Duration.ofMinutes(1));
    String other = streamOf(StreamViewType.KEYS_ONLY);
    engine.put(TABLE, "b");
    assertThat(all(arn)).hasSize(1);
    assertThat(all(other)).hasSize(1);
    assertThat(list(new ListStreams.Request(null, null, null)).streams())
        .extracting(StreamArn::toString)
        .containsExactly(arn, other);
    engine.clock().advance(Duration.ofHours(24));
    StreamReplayTest.maintain(engine);
    assertThatThrownBy(() -> status(arn)).isInstanceOf(ResourceNotFoundException.class);
    assertThat(status(other)).isEqualTo(StreamStatus.ENABLED);
    assertThat(engine.check().named()).isEmpty();
  }

  @Test
  void aStreamThatIsEnabledAgainIsAnother() {
    String arn = streamOf(StreamViewType.KEYS_ONLY);
    engine.put(TABLE, "a");
    update(new StreamSpecification(false, null));
    String other = arn(update(new StreamSpecification(true, StreamViewType.OLD_IMAGE)));
    assertThat(other).isNotEqualTo(arn);
    engine.put(TABLE, "b");
    assertThat(all(arn)).hasSize(1);
    assertThat(all(other)).hasSize(1);
    assertThat(shards(other).getFirst().parent()).isNull();
    assertThatThrownBy(() -> update(new StreamSpecification(true, StreamViewType.OLD_IMAGE)))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void aListHasPages() {
    String arn = streamOf(StreamViewType.KEYS_ONLY);
    update(new StreamSpecification(false, null));
    engine.clock().advance(Duration.ofMinutes(1));
    String other = arn(update(new StreamSpecification(true, StreamViewType.OLD_IMAGE)));
    engine.create("without");
    ListStreams.Response first = list(new ListStreams.Request(null, null, 1));
    assertThat(first.streams()).extracting(StreamArn::toString).containsExactly(arn);
    ListStreams.Response second = list(new ListStreams.Request(null, arn, 1));
    assertThat(second.streams()).extracting(StreamArn::toString).containsExactly(other);
    assertThat(second.lastEvaluated()).isNull();
  }

  @Test
  void anIteratorOfAnotherStreamReadsNothing() {
    String arn = streamOf(StreamViewType.KEYS_ONLY);
    engine.put(TABLE, "a");
    String text = iterator(arn, shards(arn).getFirst().id(), GetShardIterator.Type.TRIM_HORIZON);
    update(new StreamSpecification(false, null));
    String other = arn(update(new StreamSpecification(true, StreamViewType.OLD_IMAGE)));
    String forged = other + text.substring(arn.length());
    assertThatThrownBy(() -> records(forged)).isInstanceOf(ResourceNotFoundException.class);
    for (String broken : List.of("", "x", "|1|", arn + "|1|", arn + "|1|AAAA", arn + "|1|%%")) {
      assertThatThrownBy(() -> records(broken)).isInstanceOf(ValidationException.class);
    }
  }

  private String streamOf(StreamViewType viewType) {
    engine.create(TABLE);
    return arn(update(new StreamSpecification(true, viewType)));
  }

  private LatestStream update(StreamSpecification stream) {
    return engine
        .update(
            new UpdateTable.Request(
                TABLE, null, null, null, null, null, null, null, null, null, stream))
        .stream()
        .orElseThrow();
  }

  private static String arn(LatestStream stream) {
    return new StreamArn(TestEngine.arn(TABLE), stream.label()).toString();
  }

  private static Item item(String id) {
    return TestEngine.item(id);
  }

  private List<GetRecords.StreamRecord> all(String arn) {
    StreamReader reader = new StreamReader(arn, 100);
    reader.read(engine);
    return reader.records();
  }

  private List<DescribeStream.Shard> shards(String arn) {
    return StreamReader.shards(engine, arn);
  }

  private StreamStatus status(String arn) {
    return StreamReader.describe(engine, new DescribeStream.Request(arn, null, null, null))
        .status();
  }

  private ListStreams.Response list(ListStreams.Request request) {
    return engine.operations().listStreams().handle(TestEngine.CALLER, request);
  }

  private String iterator(String arn, String shard, GetShardIterator.Type type) {
    return StreamReader.iterator(engine, arn, shard, type, null);
  }

  private String at(String arn, String shard, GetShardIterator.Type type, String number) {
    return StreamReader.iterator(engine, arn, shard, type, number);
  }

  private List<GetRecords.StreamRecord> records(String iterator) {
    return StreamReader.page(engine, iterator, null).records();
  }
}
