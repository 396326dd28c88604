package org.ostraka.engine.operation;

import java.time.Duration;

/**
 * What happens to a message on its way to another region. Immutable.
 *
 * @param delay how long it is on its way
 * @param fate whether it arrives, and its answer comes back
 * @param twice whether it arrives twice
 * @param reordered whether its changes arrive in two parts, the later one first; those of one item
 *     stay together
 * @param cut for how long no further message arrives there
 */
public record Passage(Duration delay, Fate fate, boolean twice, boolean reordered, Duration cut) {
  /** Nothing happens to it. */
  public static final Passage CLEAR =
      new Passage(Duration.ZERO, Fate.ANSWERED, false, false, Duration.ZERO);

  /** Whether a message arrives. */
  public enum Fate {
    ANSWERED,
    /** It arrives, and its answer is lost. */
    UNANSWERED,
    LOST
  }
}
