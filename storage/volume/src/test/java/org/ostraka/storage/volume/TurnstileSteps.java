package org.ostraka.storage.volume;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Steps of a memory volume that a test holds up, and makes fail. Any thread.
 *
 * <p>A step of the kind that is held waits for the test to let it through, with or without a
 * failure.
 */
final class TurnstileSteps implements MemoryVolume.Steps {
  private final MemoryVolume.Step held;
  private final Semaphore arrived = new Semaphore(0);
  private final Semaphore passed = new Semaphore(0);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean open;

  TurnstileSteps(MemoryVolume.Step held) {
    this.held = held;
  }

  /** Holds nothing up any more. */
  TurnstileSteps opened() {
    open = true;
    passed.release();
    return this;
  }

  void failNext(Throwable next) {
    failure.set(next);
  }

  void awaitArrival() {
    arrived.acquireUninterruptibly();
  }

  void letThrough() {
    passed.release();
  }

  @Override
  public void before(MemoryVolume.Step step) throws VolumeFullException {
    if (step != held) {
      return;
    }
    arrived.release();
    if (!open) {
      passed.acquireUninterruptibly();
    }
    switch (failure.getAndSet(null)) {
      case null -> {}
      case VolumeFullException full -> throw full;
      case RuntimeException broken -> throw broken;
      case Error broken -> throw broken;
      case Throwable other -> throw new IllegalArgumentException("no step fails so", other);
    }
  }
}
