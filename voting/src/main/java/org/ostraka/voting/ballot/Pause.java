package org.ostraka.voting.ballot;

import java.time.Duration;

/** Waits between two attempts. */
@FunctionalInterface
public interface Pause {
  /** Waits for about this time. */
  void pause(Duration duration);
}
