package org.ostraka.model.scaling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ostraka.model.Tags;

/**
 * A table or index whose units are scaled, with everything that belongs to it. Immutable.
 *
 * @param id the unique part of its ARN
 * @param min the least units
 * @param max the most units
 * @param unsettled whether its bounds were changed and the units may still be beyond them
 * @param policies at most one for DynamoDB, since each dimension has one metric
 */
public record ScalableTarget(
    TargetKey key,
    String id,
    long min,
    long max,
    SuspendedState suspended,
    Tags tags,
    Instant created,
    boolean unsettled,
    List<ScalingPolicy> policies,
    List<ScheduledAction> actions) {
  public ScalableTarget {
    policies = List.copyOf(policies);
    actions = List.copyOf(actions);
    if (min < 1 || max < min) {
      throw new IllegalArgumentException("a target has at least one unit, and no inverted bounds");
    }
  }

  /** Returns the target's ARN. */
  public String arn() {
    return "arn:aws:application-autoscaling:"
        + key.owner().region()
        + ":"
        + key.owner().account()
        + ":scalable-target/"
        + id;
  }

  /** Returns the ARN of the role that the service acts in, which is always its own. */
  public String roleArn() {
    return "arn:aws:iam::"
        + key.owner().account()
        + ":role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com/"
        + "AWSServiceRoleForApplicationAutoScaling_DynamoDBTable";
  }

  /** Returns the target with other bounds, which are yet to be kept. */
  public ScalableTarget withBounds(long least, long most) {
    return new ScalableTarget(
        key, id, least, most, suspended, tags, created, true, policies, actions);
  }

  public ScalableTarget withSuspended(SuspendedState other) {
    return new ScalableTarget(
        key, id, min, max, other, tags, created, unsettled, policies, actions);
  }

  public ScalableTarget withTags(Tags other) {
    return new ScalableTarget(
        key, id, min, max, suspended, other, created, unsettled, policies, actions);
  }

  /** Returns the target after its units were brought between its bounds. */
  public ScalableTarget settled() {
    return new ScalableTarget(
        key, id, min, max, suspended, tags, created, false, policies, actions);
  }

  public ScalableTarget withPolicies(List<ScalingPolicy> other) {
    return new ScalableTarget(
        key, id, min, max, suspended, tags, created, unsettled, other, actions);
  }

  public ScalableTarget withActions(List<ScheduledAction> other) {
    return new ScalableTarget(
        key, id, min, max, suspended, tags, created, unsettled, policies, other);
  }

  /** Returns the target with one of its policies changed. */
  public ScalableTarget withPolicy(String name, UnaryOperator<ScalingPolicy> change) {
    return withPolicies(
        policies.stream()
            .map(each -> each.name().equals(name) ? change.apply(each) : each)
            .toList());
  }

  public Optional<ScalingPolicy> policy(String name) {
    return policies.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  public Optional<ScheduledAction> action(String name) {
    return actions.stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
