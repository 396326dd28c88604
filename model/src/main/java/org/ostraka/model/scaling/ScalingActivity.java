package org.ostraka.model.scaling;

import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to change a target's units or bounds. Immutable.
 *
 * @param end when it succeeded or failed; absent while it is in progress
 */
public record ScalingActivity(
    String id,
    TargetKey target,
    String description,
    String cause,
    Instant start,
    Optional<Instant> end,
    Status status,
    Optional<String> message) {
  /** How far an activity has come. */
  public enum Status {
    IN_PROGRESS("InProgress"),
    SUCCESSFUL("Successful"),
    FAILED("Failed");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** Returns whether another activity tried the same and had the same outcome. */
  public boolean isAgain(ScalingActivity other) {
    return target.equals(other.target)
        && description.equals(other.description)
        && cause.equals(other.cause)
        && status == other.status
        && message.equals(other.message);
  }

  /** Returns the activity with its outcome. */
  public ScalingActivity ended(Status outcome, String text, Instant now) {
    return new ScalingActivity(
        id, target, description, cause, start, Optional.of(now), outcome, Optional.of(text));
  }
}
