package org.ostraka.delivery.region;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.ostraka.storage.LogRecord;

/**
 * Batches of changes of one shard that are on their way to another region at the same time. They
 * may arrive in any order; one counts as arrived once all before it have. One thread.
 */
final class BatchesUnderWay implements AutoCloseable {
  /** Batches of a shard under way at the same time, at most: those of a MiB each take 4 MiB. */
  static final int MAX = 4;

  private final Executor executor;
  private final Deque<Batch> batches = new ArrayDeque<>();

  BatchesUnderWay(Executor executor) {
    this.executor = executor;
  }

  /** Records of the log, the last of which is known, and the sending of them. */
  private record Batch(Future<?> sending, LogRecord last) {}

  boolean isEmpty() {
    return batches.isEmpty();
  }

  boolean isFull() {
    return batches.size() == MAX;
  }

  /**
   * Begins to send records.
   *
   * @param sending returns when the other region has them
   * @param last the last of the records
   */
  void send(Callable<?> sending, LogRecord last) {
    FutureTask<?> task = new FutureTask<>(sending);
    batches.add(new Batch(task, last));
    executor.execute(task);
  }

  /** Notes records that are not sent; they count as arrived once all before them have. */
  void skip(LogRecord last) {
    batches.add(new Batch(CompletableFuture.completedFuture(null), last));
  }

  /**
   * Returns the last record up to which everything has arrived by now; empty when nothing has since
   * the last call.
   */
  Optional<LogRecord> arrived() throws InterruptedException {
    Optional<LogRecord> last = Optional.empty();
    while (!batches.isEmpty() && batches.getFirst().sending().isDone()) {
      last = Optional.of(awaitFirst());
    }
    return last;
  }

  /** Waits until the first batch has arrived, and returns its last record. */
  LogRecord awaitFirst() throws InterruptedException {
    // An interruption leaves it among those that are cancelled.
    Batch first = batches.getFirst();
    try {
      first.sending().get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error broken -> throw broken;
        case null, default -> throw new IllegalStateException(failed);
      }
    }
    batches.removeFirst();
    return first.last();
  }

  /** Stops sending what is still under way. */
  @Override
  public void close() {
    batches.forEach(batch -> batch.sending().cancel(true));
  }
}
