package org.ostraka.storage.volume;

/** Waits for threads of a store to end. Stateless. */
public final class ThreadEnd {
  private ThreadEnd() {}

  /**
   * Waits until a thread has ended. An interrupt does not end the wait; the waiting thread is
   * interrupted again afterwards.
   */
  public static void await(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
