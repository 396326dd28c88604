package org.ostraka.storage.volume;

/**
 * Called once, when a write failed in a way after which the disk cannot be trusted: the process
 * must stop.
 */
@FunctionalInterface
public interface FailStop {
  /**
   * Called on the committer's thread, after the callers concerned were told that the outcome is
   * unknown.
   */
  void stop(Throwable cause);
}
