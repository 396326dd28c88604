package org.ostraka.benchmarks.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Commits rows of many callers in groups: one thread writes all waiting rows with one sync, as the
 * server's committer does. Any thread.
 */
final class GroupCommit {
  private final RocksRows rows;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private List<Waiting> queue = new ArrayList<>();
  private volatile @Nullable Throwable failure;

  /** A row, and the latch that opens when it is on the disk. */
  private record Waiting(RocksRows.Row row, CountDownLatch durable) {}

  GroupCommit(RocksRows rows) {
    this.rows = rows;
    Thread.ofPlatform().daemon().name("committer").start(this::run);
  }

  /** Returns when the row is durable. */
  void commit(RocksRows.Row row) {
    Waiting waiting = new Waiting(row, new CountDownLatch(1));
    lock.lock();
    try {
      queue.add(waiting);
      work.signal();
    } finally {
      lock.unlock();
    }
    try {
      waiting.durable.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
    if (failure != null) {
      throw new IllegalStateException("not durable", failure);
    }
  }

  private void run() {
    while (true) {
      List<Waiting> group = nextGroup();
      if (failure == null) {
        write(group);
      }
      group.forEach(waiting -> waiting.durable.countDown());
    }
  }

  private List<Waiting> nextGroup() {
    lock.lock();
    try {
      while (queue.isEmpty()) {
        work.awaitUninterruptibly();
      }
      List<Waiting> group = queue;
      queue = new ArrayList<>();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void write(List<Waiting> group) {
    try {
      rows.write(group.stream().map(Waiting::row).toList());
    } catch (RuntimeException | Error unwritten) {
      failure = unwritten;
    }
  }
}
