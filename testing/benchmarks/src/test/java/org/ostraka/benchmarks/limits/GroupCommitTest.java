package org.ostraka.benchmarks.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

final class GroupCommitTest {
  private static final int CALLERS = 16;
  private static final int ROWS = 50;

  @TempDir private Path directory;

  @Test
  void everyRowIsThereWhenItsCallerReturns() throws Exception {
    RocksRows rows = RocksRows.open(directory);
    GroupCommit commits = new GroupCommit(rows);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        int first = caller * ROWS;
        running.add(
            callers.submit(() -> {
              for (int i = first; i < first + ROWS; i++) {
                commits.commit(new RocksRows.Row(bytes(i), bytes(-i)));
              }
            }));
      }
      for (Future<?> caller : running) {
        caller.get();
      }
    }
    rows.close();
    try (Options options = new Options();
        RocksDB database = RocksDB.openReadOnly(options, directory.toString())) {
      for (int i = 0; i < CALLERS * ROWS; i++) {
        assertThat(database.get(bytes(i))).as("row %d", i).isEqualTo(bytes(-i));
      }
    }
  }

  @Test
  void theLoopCountsGroups() {
    try (RocksLoop loop = new RocksLoop(directory, 34, 1080)) {
      Measurement groups = loop.measure(4, Duration.ofMillis(50));
      assertThat(groups.latencies().getTotalCount()).isPositive();
      assertThat(groups.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
      assertThat(groups.requestsPerSecond() * groups.elapsed().toNanos() / 1e9)
          .isBetween(
              groups.latencies().getTotalCount() - 0.5, groups.latencies().getTotalCount() + 0.5);
    }
  }

  @Test
  void aDirectoryIsOpenedOnce() {
    try (RocksRows rows = RocksRows.open(directory)) {
      assertThat(rows).isNotNull();
      assertThatThrownBy(() -> RocksRows.open(directory))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no RocksDB in");
    }
  }

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }
}
