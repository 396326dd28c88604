package org.ostraka.cli.copy;

import java.time.Duration;
import org.ostraka.delivery.Pause;

/** Waits of threads that are to stop when they are interrupted. Stateless. */
final class Waits {
  private Waits() {}

  static void rest(Pause pause, Duration time) {
    try {
      pause.sleep(time);
    } catch (InterruptedException stopped) {
      throw stopped(stopped);
    }
  }

  static CopyException stopped(InterruptedException stopped) {
    Thread.currentThread().interrupt();
    return new CopyException("stopped", stopped);
  }
}
