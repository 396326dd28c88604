package org.ostraka.model.scaling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A policy of a scalable target. Immutable.
 *
 * @param id the unique part of its ARN
 * @param alarms the unique parts of the names of its alarms, one for each {@link Alarm}
 * @param lastOut when it raised the units the last time
 * @param lastIn when it lowered the units the last time
 */
public record ScalingPolicy(
    String name,
    String id,
    Instant created,
    TargetTracking tracking,
    List<String> alarms,
    Optional<Instant> lastOut,
    Optional<Instant> lastIn) {
  /** The alarms that target tracking makes for a policy of DynamoDB. */
  public enum Alarm {
    HIGH("AlarmHigh"),
    LOW("AlarmLow"),
    PROVISIONED_HIGH("ProvisionedCapacityHigh"),
    PROVISIONED_LOW("ProvisionedCapacityLow");

    private final String word;

    Alarm(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  public ScalingPolicy {
    alarms = List.copyOf(alarms);
    if (alarms.size() != Alarm.values().length) {
      throw new IllegalArgumentException("a policy has four alarms");
    }
  }

  /** Returns the same policy with another configuration. */
  public ScalingPolicy with(TargetTracking other) {
    return new ScalingPolicy(name, id, created, other, alarms, lastOut, lastIn);
  }

  /** Returns the policy after it raised the units. */
  public ScalingPolicy scaledOut(Instant now) {
    return new ScalingPolicy(name, id, created, tracking, alarms, Optional.of(now), lastIn);
  }

  /** Returns the policy after it lowered the units. */
  public ScalingPolicy scaledIn(Instant now) {
    return new ScalingPolicy(name, id, created, tracking, alarms, lastOut, Optional.of(now));
  }

  /** Returns the policy's ARN. */
  public String arn(TargetKey target) {
    return "arn:aws:autoscaling:"
        + target.owner().region()
        + ":"
        + target.owner().account()
        + ":scalingPolicy:"
        + id
        + ":resource/dynamodb/"
        + target.resource()
        + ":policyName/"
        + name;
  }

  /** Returns the name of one of its alarms. */
  public String alarmName(TargetKey target, Alarm alarm) {
    return "TargetTracking-"
        + target.resource()
        + "-"
        + alarm
        + "-"
        + alarms.get(List.of(Alarm.values()).indexOf(alarm));
  }

  /** Returns the ARN of one of its alarms. */
  public String alarmArn(TargetKey target, Alarm alarm) {
    return "arn:aws:cloudwatch:"
        + target.owner().region()
        + ":"
        + target.owner().account()
        + ":alarm:"
        + alarmName(target, alarm);
  }
}
