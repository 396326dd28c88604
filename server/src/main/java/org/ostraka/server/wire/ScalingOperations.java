package org.ostraka.server.wire;

import java.util.List;
import org.ostraka.engine.scaling.AutoScaling;

/** The operations of Application Auto Scaling. Stateless. */
public final class ScalingOperations {
  /** The prefix of the targets of its operations. */
  public static final String TARGET_PREFIX = "AnyScaleFrontendService";

  private ScalingOperations() {}

  /**
   * Application Auto Scaling for DynamoDB. Its errors have no namespace.
   *
   * @param load the limits on memory and computing of requests
   */
  public static Service over(AutoScaling scaling, LoadControl load) {
    return new Service.Builder(List.of("application-autoscaling"), "", load)
        .mediaType("application/x-amz-json-1.1")
        .targetPrefix(TARGET_PREFIX)
        .add(
            "RegisterScalableTarget",
            ScalableTargetCodecs.register(),
            scaling.registerScalableTarget())
        .add(
            "DeregisterScalableTarget",
            ScalableTargetCodecs.deregister(),
            scaling.deregisterScalableTarget())
        .add(
            "DescribeScalableTargets",
            ScalableTargetCodecs.describe(),
            scaling.describeScalableTargets())
        .add("PutScalingPolicy", ScalingPolicyCodecs.put(), scaling.putScalingPolicy())
        .add("DeleteScalingPolicy", ScalingPolicyCodecs.delete(), scaling.deleteScalingPolicy())
        .add(
            "DescribeScalingPolicies",
            ScalingPolicyCodecs.describe(),
            scaling.describeScalingPolicies())
        .add(
            "DescribeScalingActivities",
            ScalingPolicyCodecs.activities(),
            scaling.describeScalingActivities())
        .add(
            "GetPredictiveScalingForecast",
            ScalingPolicyCodecs.forecast(),
            scaling.getPredictiveScalingForecast())
        .add("PutScheduledAction", ScheduledActionCodecs.put(), scaling.putScheduledAction())
        .add(
            "DeleteScheduledAction",
            ScheduledActionCodecs.delete(),
            scaling.deleteScheduledAction())
        .add(
            "DescribeScheduledActions",
            ScheduledActionCodecs.describe(),
            scaling.describeScheduledActions())
        .add("TagResource", ScalableTargetCodecs.tag(), scaling.tagResource())
        .add("UntagResource", ScalableTargetCodecs.untag(), scaling.untagResource())
        .add("ListTagsForResource", ScalableTargetCodecs.listTags(), scaling.listTagsForResource())
        .build();
  }
}
