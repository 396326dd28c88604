package org.ostraka.engine.transaction;

import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeFullException;

/** Lets every step of a volume happen while it is on, and none when it is cut. Any thread. */
final class Power implements MemoryVolume.Steps {
  private volatile boolean on = true;

  void cut() {
    on = false;
  }

  @Override
  public void before(MemoryVolume.Step step) throws VolumeFullException {
    if (!on) {
      throw new StorageFailedException("the power is off");
    }
  }
}
