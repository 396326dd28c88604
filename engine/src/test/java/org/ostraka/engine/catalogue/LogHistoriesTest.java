package org.ostraka.engine.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Space;

/** Histories that are kept decoded beside the versions of their rows. */
final class LogHistoriesTest {
  private static final TableArn VOTES = TestEngine.arn("votes");

  @Test
  void aReaderSeesEachChangeThatAnotherMade() {
    try (TestEngine engine = new TestEngine()) {
      LogHistories reader = new LogHistories(engine.store());
      LogHistories writer = new LogHistories(engine.store());
      assertThat(reader.of(VOTES)).isEqualTo(LogHistory.NONE);
      for (int shards = 1; shards <= 3; shards++) {
        LogHistory history = history(shards);
        writer.change(VOTES, List.of(), _ -> history);
        assertThat(reader.of(VOTES)).isEqualTo(history);
        assertThat(reader.of(VOTES)).as("read again").isSameAs(reader.of(VOTES));
      }
      writer.change(VOTES, List.of(), _ -> LogHistory.NONE);
      assertThat(reader.of(VOTES)).isEqualTo(LogHistory.NONE);
      writer.change(VOTES, List.of(), _ -> history(2));
      assertThat(reader.of(VOTES)).isEqualTo(history(2));
    }
  }

  @Test
  void aHistoryTooLargeToBeKeptIsRead() {
    try (TestEngine engine = new TestEngine()) {
      LogHistories histories = new LogHistories(engine.store());
      LogHistory history = history(LogHistories.SHARDS_KEPT + 1);
      histories.change(VOTES, List.of(), _ -> history);
      assertThat(histories.of(VOTES)).isEqualTo(history);
      assertThat(histories.of(VOTES)).isNotSameAs(histories.of(VOTES));
    }
  }

  private static LogHistory history(int shards) {
    return new LogHistory(
        List.of(),
        IntStream.range(0, shards)
            .mapToObj(number ->
                new LogHistory.Shard(
                    new LogShard(new Space(100 + number), 0, Instant.EPOCH),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Instant.EPOCH.plusSeconds(1))))
            .toList());
  }
}
