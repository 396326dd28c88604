package org.ostraka.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogShard;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Position;
import org.ostraka.storage.Space;

final class ShardEndsTest {
  private final List<LogId> searched = new ArrayList<>();
  private final ShardEnds ends = new ShardEnds(this::search);

  private Position search(LogId log) {
    searched.add(log);
    return new Position(7 * log.space().id());
  }

  @Test
  void theEndOfAShardIsSearchedOnce() {
    for (int i = 0; i < 3; i++) {
      assertThat(ends.of(closed(1))).isEqualTo(new Position(7));
      assertThat(ends.of(closed(2))).isEqualTo(new Position(14));
    }
    assertThat(searched).containsExactly(closed(1).id(), closed(2).id());
  }

  @Test
  void theEndsThatWereNotAskedForLongestAreForgotten() {
    IntStream.rangeClosed(1, ShardEnds.MAX_KEPT).forEach(space -> ends.of(closed(space)));
    assertThat(ends.of(closed(1))).isEqualTo(new Position(7));
    assertThat(ends.of(closed(ShardEnds.MAX_KEPT + 1))).isNotNull();
    searched.clear();
    assertThat(ends.of(closed(1))).isEqualTo(new Position(7));
    assertThat(searched).isEmpty();
    assertThat(ends.of(closed(2))).isEqualTo(new Position(14));
    assertThat(searched).containsExactly(closed(2).id());
  }

  private static LogHistory.Shard closed(int space) {
    LogShard log = new LogShard(new Space(space), 0, Instant.EPOCH);
    return new LogHistory.Shard(
        log, Optional.empty(), Optional.empty(), Optional.of(Instant.EPOCH));
  }
}
