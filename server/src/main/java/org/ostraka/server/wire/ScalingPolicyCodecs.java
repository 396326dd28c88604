package org.ostraka.server.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.scaling.DeleteScalingPolicy;
import org.ostraka.model.scaling.DescribeScalingActivities;
import org.ostraka.model.scaling.DescribeScalingPolicies;
import org.ostraka.model.scaling.GetPredictiveScalingForecast;
import org.ostraka.model.scaling.PutScalingPolicy;
import org.ostraka.model.scaling.ScalingActivity;
import org.ostraka.model.scaling.ScalingPolicy;
import org.ostraka.model.scaling.TargetKey;
import org.ostraka.model.scaling.TargetTracking;

/** The operations on scaling policies and activities on the wire. Stateless. */
final class ScalingPolicyCodecs {
  private static final String TRACKING = "TargetTrackingScalingPolicyConfiguration";
  private static final String PREDEFINED = "PredefinedMetricSpecification";

  private static final Shape.Structure CONFIGURATION =
      new Shape.Structure(
          TRACKING,
          Shape.Member.required("TargetValue", new Shape.Real()),
          Shape.Member.optional(
              PREDEFINED,
              new Shape.Structure(
                  PREDEFINED,
                  Shape.Member.required("PredefinedMetricType", Shapes.TEXT),
                  Shape.Member.optional("ResourceLabel", ScalingShapes.ID))),
          Shape.Member.later("CustomizedMetricSpecification"),
          Shape.Member.optional("ScaleOutCooldown", ScalingShapes.NUMBER),
          Shape.Member.optional("ScaleInCooldown", ScalingShapes.NUMBER),
          Shape.Member.optional("DisableScaleIn", Shapes.FLAG));

  private ScalingPolicyCodecs() {}

  static ScalingCodec<PutScalingPolicy.Request, PutScalingPolicy.Response> put() {
    return new ScalingCodec<>(
        new Shape.Structure(
            "PutScalingPolicyRequest",
            ScalingShapes.POLICY,
            ScalingShapes.NAMESPACE,
            ScalingShapes.RESOURCE,
            ScalingShapes.DIMENSION,
            Shape.Member.optional(
                "PolicyType",
                new Shape.Text(
                    TextRule.oneOf("StepScaling", "TargetTrackingScaling", "PredictiveScaling"))),
            Shape.Member.later("StepScalingPolicyConfiguration"),
            Shape.Member.optional(TRACKING, CONFIGURATION),
            Shape.Member.later("PredictiveScalingPolicyConfiguration")),
        members ->
            new PutScalingPolicy.Request(
                members.requiredText("PolicyName"),
                ScalingShapes.target(members),
                members.text("PolicyType"),
                tracking(members.structure(TRACKING))),
        (response, json) -> {
          json.writeStringProperty("PolicyARN", response.policy().arn(response.target()));
          alarms(json, response.target(), response.policy());
        });
  }

  private static PutScalingPolicy.@Nullable Tracking tracking(@Nullable Members members) {
    if (members == null) {
      return null;
    }
    Members predefined = members.structure(PREDEFINED);
    return new PutScalingPolicy.Tracking(
        Objects.requireNonNull(members.real("TargetValue")),
        predefined == null ? null : predefined.text("PredefinedMetricType"),
        members.number("ScaleOutCooldown"),
        members.number("ScaleInCooldown"),
        members.flag("DisableScaleIn"));
  }

  static ScalingCodec<DeleteScalingPolicy.Request, DeleteScalingPolicy.Response> delete() {
    return ScalingCodec.withoutAnswer(
        ScalingShapes.named("DeleteScalingPolicyRequest", ScalingShapes.POLICY),
        members ->
            new DeleteScalingPolicy.Request(
                members.requiredText("PolicyName"), ScalingShapes.target(members)));
  }

  static ScalingCodec<DescribeScalingPolicies.Request, DescribeScalingPolicies.Response>
      describe() {
    return new ScalingCodec<>(
        ScalingShapes.described(
            "DescribeScalingPoliciesRequest",
            Shape.Member.optional("PolicyNames", ScalingShapes.IDS)),
        members ->
            new DescribeScalingPolicies.Request(
                ScalingShapes.namespace(members),
                members.texts("PolicyNames"),
                members.text("ResourceId"),
                members.text("ScalableDimension"),
                ScalingShapes.paging(members)),
        (response, json) ->
            ScalingShapes.page(
                json,
                "ScalingPolicies",
                response.policies(),
                response.nextToken(),
                each -> policy(json, each.target(), each.policy())));
  }

  private static void policy(JsonOutput json, TargetKey target, ScalingPolicy policy) {
    json.writeStringProperty("PolicyARN", policy.arn(target));
    json.writeStringProperty("PolicyName", policy.name());
    ScalingShapes.key(json, target);
    json.writeStringProperty("PolicyType", "TargetTrackingScaling");
    TargetTracking tracking = policy.tracking();
    json.writeName(TRACKING).writeStartObject();
    json.writeNumberProperty("TargetValue", tracking.percent());
    json.writeName(PREDEFINED).writeStartObject();
    json.writeStringProperty("PredefinedMetricType", target.dimension().metric());
    json.writeEndObject();
    tracking
        .outCooldown()
        .ifPresent(seconds -> json.writeNumberProperty("ScaleOutCooldown", (long) seconds));
    tracking
        .inCooldown()
        .ifPresent(seconds -> json.writeNumberProperty("ScaleInCooldown", (long) seconds));
    tracking.disableScaleIn().ifPresent(flag -> json.writeBooleanProperty("DisableScaleIn", flag));
    json.writeEndObject();
    alarms(json, target, policy);
    TableWriter.instant(json, "CreationTime", policy.created());
  }

  private static void alarms(JsonOutput json, TargetKey target, ScalingPolicy policy) {
    json.writeName("Alarms").writeStartArray();
    for (ScalingPolicy.Alarm alarm : ScalingPolicy.Alarm.values()) {
      json.writeStartObject();
      json.writeStringProperty("AlarmName", policy.alarmName(target, alarm));
      json.writeStringProperty("AlarmARN", policy.alarmArn(target, alarm));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static ScalingCodec<DescribeScalingActivities.Request, DescribeScalingActivities.Response>
      activities() {
    return new ScalingCodec<>(
        ScalingShapes.described(
            "DescribeScalingActivitiesRequest",
            Shape.Member.optional("IncludeNotScaledActivities", Shapes.FLAG)),
        members ->
            new DescribeScalingActivities.Request(
                ScalingShapes.namespace(members),
                members.text("ResourceId"),
                members.text("ScalableDimension"),
                ScalingShapes.paging(members)),
        (response, json) ->
            ScalingShapes.page(
                json,
                "ScalingActivities",
                response.activities(),
                response.nextToken(),
                each -> activity(json, each)));
  }

  private static void activity(JsonOutput json, ScalingActivity activity) {
    json.writeStringProperty("ActivityId", activity.id());
    ScalingShapes.key(json, activity.target());
    json.writeStringProperty("Description", activity.description());
    json.writeStringProperty("Cause", activity.cause());
    TableWriter.instant(json, "StartTime", activity.start());
    activity.end().ifPresent(end -> TableWriter.instant(json, "EndTime", end));
    json.writeStringProperty("StatusCode", activity.status().toString());
    activity.message().ifPresent(message -> json.writeStringProperty("StatusMessage", message));
  }

  static ScalingCodec<GetPredictiveScalingForecast.Request, GetPredictiveScalingForecast.Response>
      forecast() {
    return ScalingCodec.withoutAnswer(
        new Shape.Structure(
            "GetPredictiveScalingForecastRequest",
            ScalingShapes.NAMESPACE,
            ScalingShapes.RESOURCE,
            ScalingShapes.DIMENSION,
            ScalingShapes.POLICY,
            Shape.Member.required("StartTime", new Shape.Moment()),
            Shape.Member.required("EndTime", new Shape.Moment())),
        members ->
            new GetPredictiveScalingForecast.Request(
                members.requiredText("PolicyName"), ScalingShapes.target(members)));
  }
}
