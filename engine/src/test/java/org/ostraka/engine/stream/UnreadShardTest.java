package org.ostraka.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableArn;
import org.ostraka.model.operation.GetRecords;
import org.ostraka.model.operation.StreamSpecification;
import org.ostraka.model.operation.UpdateTable;
import org.ostraka.storage.Position;

/** Readers with cursors: where they begin, in which order they read, and what is kept for them. */
class UnreadShardTest {
  private static final String TABLE = "votes";
  private static final String READER = "trigger/count";
  private static final Duration LIFETIME = Duration.ofHours(4);
  private static final Duration RETENTION = Duration.ofDays(3);

  private final TestEngine engine =
      new TestEngine(
          EngineSettings.DEFAULT.withStreams(new StreamSettings(1, LIFETIME, RETENTION)));

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aReaderBeginsWhereItIsToldTo() {
    TableArn arn = table();
    engine.put(TABLE, "a");
    LogReaders readers = new LogReaders(engine.store());
    LogReader oldest = readers.begin(arn, "oldest", true, LogReader.Start.OLDEST, List.of());
    LogReader newest = readers.begin(arn, "newest", true, LogReader.Start.NEWEST, List.of());
    LogReader next = readers.begin(arn, "next", true, LogReader.Start.NEXT_SHARDS, List.of());
    engine.put(TABLE, "b");
    assertThat(read(oldest)).containsExactly("a", "b");
    assertThat(read(newest)).containsExactly("b");
    assertThat(next.readable(history(arn))).isEmpty();
    replaceShards();
    engine.put(TABLE, "c");
    assertThat(read(next)).containsExactly("c");
    assertThat(readers.begin(arn, "newest", true, LogReader.Start.OLDEST, List.of()))
        .as("a reader goes on where it was")
        .isEqualTo(newest);
  }

  @Test
  void aChildIsReadAfterItsParent() {
    TableArn arn = table();
    LogReader reader = begin(arn);
    engine.put(TABLE, "a");
    replaceShards();
    engine.put(TABLE, "b");
    UnreadShard parent = unread(stored(arn));
    assertThat(ids(parent.next(10, 1 << 20))).containsExactly("a");
    assertThat(parent.isAtEnd()).isTrue();
    assertThat(reader.readable(history(arn))).hasSize(1);
    parent.finished(List.of());
    UnreadShard child = unread(stored(arn));
    assertThat(ids(child.next(10, 1 << 20))).containsExactly("b");
    assertThat(child.isAtEnd()).isFalse();
  }

  @Test
  void aReaderGoesOnBehindWhatWasDelivered() {
    TableArn arn = table();
    begin(arn);
    engine.put(TABLE, "a");
    engine.put(TABLE, "b");
    UnreadShard shard = unread(stored(arn));
    Position first = shard.next(1, 1 << 20).getFirst().position();
    assertThat(ids(shard.next(1, 1 << 20))).containsExactly("b");
    shard.delivered(first, List.of());
    assertThat(read(stored(arn))).containsExactly("b");
    shard.delivered(Position.START, List.of());
    assertThat(read(stored(arn))).as("a cursor does not move back").containsExactly("b");
  }

  @Test
  void whatAReaderHasNotGotIsKeptForItUpToABound() {
    TableArn arn = table();
    begin(arn);
    engine.put(TABLE, "a");
    engine.put(TABLE, "b");
    UnreadShard shard = unread(stored(arn));
    shard.delivered(shard.next(1, 1 << 20).getFirst().position(), List.of());
    engine.clock().advance(Duration.ofDays(1));
    engine.put(TABLE, "c");
    StreamReplayTest.maintain(engine);
    assertThat(engine.store().oldest(history(arn).shards().getFirst().id()))
        .as("what was delivered is gone after a day")
        .isNotEqualTo(Position.START);
    UnreadShard late = unread(stored(arn));
    assertThat(ids(late.next(10, 1 << 20))).containsExactly("b", "c");
    assertThat(late.takeLoss()).isFalse();
    engine.clock().advance(RETENTION.minusDays(1));
    StreamReplayTest.maintain(engine);
    UnreadShard tooLate = unread(stored(arn));
    assertThat(ids(tooLate.next(10, 1 << 20))).containsExactly("c");
    assertThat(tooLate.takeLoss()).isTrue();
    assertThat(tooLate.takeLoss()).as("told once").isFalse();
  }

  @Test
  void aClosedShardIsKeptForAReaderUpToABound() {
    TableArn arn = table();
    begin(arn);
    engine.put(TABLE, "a");
    replaceShards();
    engine.clock().advance(Duration.ofDays(1));
    StreamReplayTest.maintain(engine);
    UnreadShard shard = unread(stored(arn));
    assertThat(ids(shard.next(10, 1 << 20))).containsExactly("a");
    engine.clock().advance(RETENTION);
    StreamReplayTest.maintain(engine);
    UnreadShard gone = unread(stored(arn));
    assertThat(ids(gone.next(10, 1 << 20))).isEmpty();
    assertThat(history(arn).shards())
        .as("nobody waits for a shard that is gone")
        .allMatch(each -> each.closed().isEmpty() || each.parent().isPresent());
  }

  @Test
  void aReaderIsToldOfAShardThatWasRemovedAsAWhole() {
    TableArn arn = table();
    begin(arn);
    engine.put(TABLE, "a");
    replaceShards();
    engine.clock().advance(RETENTION);
    StreamReplayTest.maintain(engine);
    engine.put(TABLE, "b");
    UnreadShard next = unread(stored(arn));
    assertThat(ids(next.next(10, 1 << 20))).as("it was replaced meanwhile").isEmpty();
    assertThat(next.takeLoss()).isTrue();
    assertThat(next.takeLoss()).as("told once").isFalse();
    assertThat(unread(stored(arn)).takeLoss()).as("nothing was delivered since").isTrue();
    next.finished(List.of());
    assertThat(read(stored(arn))).containsExactly("b");
    assertThat(unread(stored(arn)).takeLoss()).as("told before").isFalse();
  }

  @Test
  void aShardThatWasReadToItsEndIsNoLoss() {
    TableArn arn = table();
    begin(arn);
    engine.put(TABLE, "a");
    UnreadShard shard = unread(stored(arn));
    shard.delivered(shard.next(10, 1 << 20).getLast().position(), List.of());
    replaceShards();
    engine.clock().advance(RETENTION);
    StreamReplayTest.maintain(engine);
    assertThat(unread(stored(arn)).takeLoss()).isFalse();
  }

  @Test
  void nothingIsKeptForAReaderThatWasRemoved() {
    TableArn arn = table();
    begin(arn);
    engine.put(TABLE, "a");
    new LogReaders(engine.store()).remove(arn, READER, List.of());
    engine.clock().advance(Duration.ofDays(1));
    StreamReplayTest.maintain(engine);
    assertThat(new LogReaders(engine.store()).all()).isEmpty();
    assertThat(engine.store().oldest(history(arn).shards().getFirst().id()))
        .isNotEqualTo(Position.START);
  }

  private TableArn table() {
    engine.create(TABLE);
    var _ =
        engine.update(
            new UpdateTable.Request(
                TABLE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new StreamSpecification(true, StreamViewType.NEW_AND_OLD_IMAGES)));
    return TestEngine.arn(TABLE);
  }

  private LogReader begin(TableArn arn) {
    return new LogReaders(engine.store())
        .begin(arn, READER, true, LogReader.Start.OLDEST, List.of());
  }

  private LogReader stored(TableArn arn) {
    return new LogReaders(engine.store()).find(arn, READER).orElseThrow();
  }

  private LogHistory history(TableArn arn) {
    return new LogHistories(engine.store()).of(arn);
  }

  private void replaceShards() {
    engine.clock().advance(LIFETIME);
    StreamReplayTest.maintain(engine);
  }

  /** Returns the first shard that a reader can read. */
  private UnreadShard unread(LogReader reader) {
    LogHistory history = history(reader.table());
    return unread(reader, history, reader.readable(history).getFirst());
  }

  private UnreadShard unread(LogReader reader, LogHistory history, LogHistory.Shard shard) {
    LogHistories histories = new LogHistories(engine.store());
    return new UnreadShard(engine.store(), histories, reader, history, shard);
  }

  /** Returns the keys of all changes that a reader can read now. */
  private List<String> read(LogReader reader) {
    LogHistory history = history(reader.table());
    List<String> ids = new ArrayList<>();
    for (LogHistory.Shard shard : reader.readable(history)) {
      ids.addAll(ids(unread(reader, history, shard).next(100, 1 << 20)));
    }
    return ids;
  }

  private static List<String> ids(List<Change> changes) {
    return changes.stream()
        .map(Change::record)
        .map(GetRecords.StreamRecord::key)
        .map(key -> ((AttributeValue.S) key.attribute("id").orElseThrow()).value())
        .toList();
  }
}
