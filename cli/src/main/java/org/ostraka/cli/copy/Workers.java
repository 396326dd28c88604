package org.ostraka.cli.copy;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Runs tasks side by side. Any thread. */
record Workers(ThreadFactory threads) {

  /** Returns when all tasks are done; when one fails, stops the others and throws its exception. */
  void runAll(List<Runnable> tasks) {
    ExecutorService pool = Executors.newThreadPerTaskExecutor(threads);
    try {
      CompletionService<Boolean> ends = new ExecutorCompletionService<>(pool);
      tasks.forEach(task -> ends.submit(task, true));
      for (int i = 0; i < tasks.size(); i++) {
        var _ = ends.take().get();
      }
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CopyException("failed: " + failed.getCause(), failed);
    } catch (InterruptedException stopped) {
      throw Waits.stopped(stopped);
    } finally {
      pool.shutdownNow();
      pool.close();
    }
  }
}
