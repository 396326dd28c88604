package org.ostraka.server.wire;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.operation.DescribeTableReplicaAutoScaling;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.ScalingPolicy;
import org.ostraka.model.scaling.TargetTracking;

/** DescribeTableReplicaAutoScaling on the wire. Stateless. */
final class DescribeTableReplicaAutoScalingCodec
    implements OperationCodec<
        DescribeTableReplicaAutoScaling.Request, DescribeTableReplicaAutoScaling.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DescribeTableReplicaAutoScalingInput", Shape.Member.required("TableName", Shapes.TABLE));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public DescribeTableReplicaAutoScaling.Request request(Members members, RequestHead head) {
    return new DescribeTableReplicaAutoScaling.Request(members.requiredText("TableName"));
  }

  @Override
  public void response(DescribeTableReplicaAutoScaling.Response response, JsonOutput json) {
    description(response, json);
  }

  /** Writes the auto scaling of a table's replicas. */
  static void description(DescribeTableReplicaAutoScaling.Response response, JsonOutput json) {
    json.writeName("TableAutoScalingDescription").writeStartObject();
    json.writeStringProperty("TableName", response.table().name().value());
    json.writeStringProperty("TableStatus", response.table().status().name());
    json.writeName("Replicas").writeStartArray();
    response.replicas().forEach(replica -> replica(json, replica));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void replica(JsonOutput json, DescribeTableReplicaAutoScaling.Replica replica) {
    json.writeStartObject();
    json.writeStringProperty("RegionName", replica.member().region().value());
    indexes(json, replica.indexes());
    settings(json, "ReplicaProvisionedReadCapacityAutoScalingSettings", replica.reads());
    settings(json, "ReplicaProvisionedWriteCapacityAutoScalingSettings", replica.writes());
    json.writeStringProperty("ReplicaStatus", ReplicaWriter.status(replica.member().state()));
    json.writeEndObject();
  }

  private static void indexes(
      JsonOutput json, List<DescribeTableReplicaAutoScaling.OfIndex> indexes) {
    if (indexes.isEmpty()) {
      return;
    }
    json.writeName("GlobalSecondaryIndexes").writeStartArray();
    for (DescribeTableReplicaAutoScaling.OfIndex each : indexes) {
      json.writeStartObject();
      json.writeStringProperty("IndexName", each.index().name().value());
      json.writeStringProperty("IndexStatus", each.index().status().name());
      settings(json, "ProvisionedReadCapacityAutoScalingSettings", each.reads());
      settings(json, "ProvisionedWriteCapacityAutoScalingSettings", each.writes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes settings; mondoohq/mql issue 2913 shows those of what has no auto scaling. */
  private static void settings(JsonOutput json, String name, Optional<ScalableTarget> target) {
    json.writeName(name).writeStartObject();
    target.ifPresent(each -> {
      json.writeNumberProperty("MinimumUnits", each.min());
      json.writeNumberProperty("MaximumUnits", each.max());
    });
    json.writeBooleanProperty("AutoScalingDisabled", target.isEmpty());
    target.ifPresent(each -> json.writeStringProperty("AutoScalingRoleArn", each.roleArn()));
    json.writeName("ScalingPolicies").writeStartArray();
    target.ifPresent(each -> each.policies().forEach(policy -> policy(json, policy)));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void policy(JsonOutput json, ScalingPolicy policy) {
    TargetTracking tracking = policy.tracking();
    json.writeStartObject();
    json.writeStringProperty("PolicyName", policy.name());
    json.writeName("TargetTrackingScalingPolicyConfiguration").writeStartObject();
    json.writeBooleanProperty("DisableScaleIn", !tracking.scalesIn());
    tracking
        .inCooldown()
        .ifPresent(seconds -> json.writeNumberProperty("ScaleInCooldown", (long) seconds));
    tracking
        .outCooldown()
        .ifPresent(seconds -> json.writeNumberProperty("ScaleOutCooldown", (long) seconds));
    json.writeNumberProperty("TargetValue", tracking.percent());
    json.writeEndObject();
    json.writeEndObject();
  }
}
