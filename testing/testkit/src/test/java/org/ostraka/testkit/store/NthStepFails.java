package org.ostraka.testkit.store;

import java.util.concurrent.atomic.AtomicInteger;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeFullException;

/** Lets all steps happen except one, the n-th of its kind, which fails. Any thread. */
final class NthStepFails implements MemoryVolume.Steps {
  private final MemoryVolume.Step kind;
  private final int number;
  private final AtomicInteger met = new AtomicInteger();

  NthStepFails(MemoryVolume.Step kind, int number) {
    this.kind = kind;
    this.number = number;
  }

  /** Returns whether the step was reached and failed. */
  boolean hasFailed() {
    return met.get() >= number;
  }

  @Override
  public void before(MemoryVolume.Step step) throws VolumeFullException {
    if (step == kind && met.incrementAndGet() == number) {
      if (kind == MemoryVolume.Step.WRITE) {
        throw new VolumeFullException("write " + number + " has no room");
      }
      throw new StorageFailedException(kind + " " + number + " failed");
    }
  }
}
