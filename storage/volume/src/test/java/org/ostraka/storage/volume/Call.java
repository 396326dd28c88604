package org.ostraka.storage.volume;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call on a thread of its own, which can be watched while it waits. One thread watches. */
final class Call<T> {
  private final Thread thread;
  private volatile @Nullable T result;
  private volatile @Nullable RuntimeException failure;

  Call(Supplier<T> work) {
    this.thread = Thread.ofPlatform().start(() -> run(work));
  }

  private void run(Supplier<T> work) {
    try {
      result = work.get();
    } catch (RuntimeException thrown) {
      failure = thrown;
    }
  }

  boolean isOver() {
    return thread.getState() == Thread.State.TERMINATED;
  }

  /** Waits until the call is over or waits itself. */
  void awaitStandstill() {
    while (!isOver() && thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  T result() {
    awaitEnd();
    if (failure != null) {
      throw new AssertionError("the call failed", failure);
    }
    return result;
  }

  RuntimeException failure() {
    awaitEnd();
    if (failure == null) {
      throw new AssertionError("the call was answered: " + result);
    }
    return failure;
  }

  private void awaitEnd() {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new AssertionError("the call did not end", interrupted);
    }
  }
}
