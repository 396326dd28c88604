package org.ostraka.storage.volume;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Holds syncs up until they are released, to succeed or to fail. Any thread. */
final class HeldSync implements MemoryVolume.Steps {
  private volatile CountDownLatch reached = new CountDownLatch(1);
  private volatile CountDownLatch released = new CountDownLatch(1);
  private volatile Optional<RuntimeException> failure = Optional.empty();

  @Override
  public void before(MemoryVolume.Step step) {
    if (step == MemoryVolume.Step.SYNC) {
      reached.countDown();
      await(released);
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
  }

  /** Waits until a sync is held up. */
  void awaitReached() {
    await(reached);
  }

  /** Lets syncs pass from now on, or fail. */
  void release(Optional<RuntimeException> failure) {
    this.failure = failure;
    released.countDown();
  }

  /** Holds syncs up again. */
  void hold() {
    reached = new CountDownLatch(1);
    released = new CountDownLatch(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError("nobody came", interrupted);
    }
  }
}
