package org.ostraka.model.scaling;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A change of a target's bounds at set times. Immutable.
 *
 * @param id the unique part of its ARN
 * @param schedule the times, such as {@code cron(0 8 * * ? *)}
 * @param timezone the time zone of the schedule; absent for UTC
 * @param start the time before which it does not run
 * @param end the time after which it does not run
 * @param min the new minimum; absent to leave it
 * @param max the new maximum; absent to leave it
 * @param seen the time up to which it is known what had to be done
 */
public record ScheduledAction(
    String name,
    String id,
    String schedule,
    Optional<String> timezone,
    Optional<Instant> start,
    Optional<Instant> end,
    OptionalLong min,
    OptionalLong max,
    Instant created,
    Instant seen) {

  /** Returns the action's ARN. */
  public String arn(TargetKey target) {
    return "arn:aws:autoscaling:"
        + target.owner().region()
        + ":"
        + target.owner().account()
        + ":scheduledAction:"
        + id
        + ":resource/dynamodb/"
        + target.resource()
        + ":scheduledActionName/"
        + name;
  }

  /** Returns the action after it was looked after at a time. */
  public ScheduledAction seenAt(Instant now) {
    return new ScheduledAction(name, id, schedule, timezone, start, end, min, max, created, now);
  }
}
