package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.model.Bytes;
import org.ostraka.storage.DecisionId;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Position;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;

/** Batches end with the one who waits for them. */
@Timeout(60)
final class BatchesUnderWayTest {
  private static final LogRecord RECORD =
      new LogRecord(
          Position.START,
          new DecisionId(1),
          new Stamp(1),
          new Version(new Stamp(1), Origin.NONE),
          false,
          Bytes.EMPTY);

  @Test
  void batchThatWasWaitedForIsCancelledWithTheOthers() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch cancelled = new CountDownLatch(2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try (BatchesUnderWay batches = new BatchesUnderWay(threads)) {
        for (int i = 0; i < 2; i++) {
          batches.send(() -> sendForEver(begun, cancelled), RECORD);
        }
        begun.await();
        Thread.currentThread().interrupt();
        assertThatThrownBy(batches::awaitFirst).isInstanceOf(InterruptedException.class);
      }
      assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean sendForEver(CountDownLatch begun, CountDownLatch cancelled) {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      cancelled.countDown();
    }
    return true;
  }
}
