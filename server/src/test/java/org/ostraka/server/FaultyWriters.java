package org.ostraka.server;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ostraka.storage.StorageFailedException;

/**
 * Writers of imported batches, of which one to come may fail, as when the store fails. One thread.
 */
final class FaultyWriters extends AbstractExecutorService {
  private final ExecutorService writers;
  private long beforeFailure = Long.MAX_VALUE;

  FaultyWriters(ExecutorService writers) {
    this.writers = writers;
  }

  /** Makes the write after so many others fail, and only that one. */
  void failAfter(int writes) {
    beforeFailure = writes;
  }

  @Override
  public <T> Future<T> submit(Callable<T> write) {
    boolean fails = beforeFailure == 0;
    beforeFailure = fails ? Long.MAX_VALUE : beforeFailure - 1;
    return fails
        ? CompletableFuture.failedFuture(new StorageFailedException("the store fails"))
        : writers.submit(write);
  }

  @Override
  public void execute(Runnable task) {
    writers.execute(task);
  }

  @Override
  public void shutdown() {
    writers.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return writers.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return writers.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return writers.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return writers.awaitTermination(timeout, unit);
  }
}
