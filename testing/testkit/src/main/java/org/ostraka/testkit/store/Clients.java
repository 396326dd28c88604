package org.ostraka.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients that use a store at the same time, on platform threads, which the operating system can
 * interrupt anywhere. One thread.
 */
final class Clients implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> running = new ArrayList<>();

  /** The work of one client. */
  @FunctionalInterface
  interface Work {
    void run(int client) throws Exception;
  }

  /** Runs this number of clients until all are done. */
  static void run(int count, Work work) throws Exception {
    try (Clients clients = new Clients()) {
      clients.start(count, work);
      clients.await();
    }
  }

  void start(int count, Work work) {
    for (int i = 0; i < count; i++) {
      int client = i;
      running.add(
          threads.submit(() -> {
            work.run(client);
            return client;
          }));
    }
  }

  /** Waits until all clients are done, and throws the first exception of one of them. */
  void await() throws Exception {
    for (Future<?> client : running) {
      try {
        client.get();
      } catch (ExecutionException failed) {
        throw new AssertionError("a client failed: " + failed.getCause(), failed);
      }
    }
    running.clear();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
