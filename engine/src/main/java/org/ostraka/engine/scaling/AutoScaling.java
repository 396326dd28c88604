package org.ostraka.engine.scaling;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.gate.Permissions;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.scaling.DeleteScalingPolicy;
import org.ostraka.model.scaling.DeleteScheduledAction;
import org.ostraka.model.scaling.DeregisterScalableTarget;
import org.ostraka.model.scaling.DescribeScalableTargets;
import org.ostraka.model.scaling.DescribeScalingActivities;
import org.ostraka.model.scaling.DescribeScalingPolicies;
import org.ostraka.model.scaling.DescribeScheduledActions;
import org.ostraka.model.scaling.GetPredictiveScalingForecast;
import org.ostraka.model.scaling.ListTagsForResource;
import org.ostraka.model.scaling.PutScalingPolicy;
import org.ostraka.model.scaling.PutScheduledAction;
import org.ostraka.model.scaling.RegisterScalableTarget;
import org.ostraka.model.scaling.TagResource;
import org.ostraka.model.scaling.UntagResource;
import org.ostraka.storage.Store;

/**
 * The operations of Application Auto Scaling for DynamoDB. Each method returns the handler that its
 * name says. Any thread.
 */
public final class AutoScaling {
  private final ScalableTargets targets;
  private final ScalingPolicies policies;
  private final ScheduledActions actions;
  private final ScalingTags tags;

  /**
   * Makes the operations.
   *
   * @param uuids makes random numbers for the parts of names
   */
  public AutoScaling(
      Store store, Gate gate, Permissions permissions, InstantSource clock, Supplier<UUID> uuids) {
    ScalingStore scaling = new ScalingStore(store);
    ScalingAccess access = new ScalingAccess(scaling, permissions, gate);
    ScalingIds ids = new ScalingIds(uuids);
    this.targets = new ScalableTargets(scaling, access, ids, clock);
    this.policies = new ScalingPolicies(scaling, access, ids, clock);
    this.actions = new ScheduledActions(scaling, access, ids, clock);
    this.tags = new ScalingTags(scaling, access);
  }

  public OperationHandler<RegisterScalableTarget.Request, RegisterScalableTarget.Response>
      registerScalableTarget() {
    return targets::register;
  }

  public OperationHandler<DeregisterScalableTarget.Request, DeregisterScalableTarget.Response>
      deregisterScalableTarget() {
    return targets::deregister;
  }

  public OperationHandler<DescribeScalableTargets.Request, DescribeScalableTargets.Response>
      describeScalableTargets() {
    return targets::describe;
  }

  public OperationHandler<PutScalingPolicy.Request, PutScalingPolicy.Response> putScalingPolicy() {
    return policies::put;
  }

  public OperationHandler<DeleteScalingPolicy.Request, DeleteScalingPolicy.Response>
      deleteScalingPolicy() {
    return policies::delete;
  }

  public OperationHandler<DescribeScalingPolicies.Request, DescribeScalingPolicies.Response>
      describeScalingPolicies() {
    return policies::describe;
  }

  public OperationHandler<DescribeScalingActivities.Request, DescribeScalingActivities.Response>
      describeScalingActivities() {
    return policies::activities;
  }

  public OperationHandler<
          GetPredictiveScalingForecast.Request, GetPredictiveScalingForecast.Response>
      getPredictiveScalingForecast() {
    return policies::forecast;
  }

  public OperationHandler<PutScheduledAction.Request, PutScheduledAction.Response>
      putScheduledAction() {
    return actions::put;
  }

  public OperationHandler<DeleteScheduledAction.Request, DeleteScheduledAction.Response>
      deleteScheduledAction() {
    return actions::delete;
  }

  public OperationHandler<DescribeScheduledActions.Request, DescribeScheduledActions.Response>
      describeScheduledActions() {
    return actions::describe;
  }

  public OperationHandler<TagResource.Request, TagResource.Response> tagResource() {
    return tags::tag;
  }

  public OperationHandler<UntagResource.Request, UntagResource.Response> untagResource() {
    return tags::untag;
  }

  public OperationHandler<ListTagsForResource.Request, ListTagsForResource.Response>
      listTagsForResource() {
    return tags::list;
  }
}
