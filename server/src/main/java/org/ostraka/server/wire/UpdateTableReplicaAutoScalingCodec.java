package org.ostraka.server.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.operation.DescribeTableReplicaAutoScaling;
import org.ostraka.model.operation.UpdateTableReplicaAutoScaling;

/** UpdateTableReplicaAutoScaling on the wire. Stateless. */
final class UpdateTableReplicaAutoScalingCodec
    implements OperationCodec<
        UpdateTableReplicaAutoScaling.Request, DescribeTableReplicaAutoScaling.Response> {
  private static final String WRITES = "ProvisionedWriteCapacityAutoScalingUpdate";
  private static final String INDEX_READS = "ProvisionedReadCapacityAutoScalingUpdate";
  private static final String READS = "ReplicaProvisionedReadCapacityAutoScalingUpdate";
  private static final String INDEXES = "GlobalSecondaryIndexUpdates";
  private static final String REPLICA_INDEXES = "ReplicaGlobalSecondaryIndexUpdates";
  private static final String REPLICAS = "ReplicaUpdates";
  private static final String POLICY = "ScalingPolicyUpdate";
  private static final String TRACKING = "TargetTrackingScalingPolicyConfiguration";
  private static final Shape UNITS = new Shape.Whole(Shape.Width.LONG, 1, Long.MAX_VALUE);

  private static final Shape.Structure SETTINGS =
      new Shape.Structure(
          "AutoScalingSettingsUpdate",
          Shape.Member.optional("MinimumUnits", UNITS),
          Shape.Member.optional("MaximumUnits", UNITS),
          Shape.Member.optional("AutoScalingDisabled", Shapes.FLAG),
          Shape.Member.optional(
              "AutoScalingRoleArn", new Shape.Text(TextRule.atLeast(1), TextRule.atMost(1_600))),
          Shape.Member.optional(
              POLICY,
              new Shape.Structure(
                  "AutoScalingPolicyUpdate",
                  Shape.Member.optional(
                      "PolicyName", new Shape.Text(TextRule.atLeast(1), TextRule.atMost(256))),
                  Shape.Member.required(
                      TRACKING,
                      new Shape.Structure(
                          "AutoScalingTargetTrackingScalingPolicyConfigurationUpdate",
                          Shape.Member.optional("DisableScaleIn", Shapes.FLAG),
                          Shape.Member.optional("ScaleInCooldown", ScalingShapes.NUMBER),
                          Shape.Member.optional("ScaleOutCooldown", ScalingShapes.NUMBER),
                          Shape.Member.required("TargetValue", new Shape.Real()))))));

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "UpdateTableReplicaAutoScalingInput",
          Shape.Member.optional(
              INDEXES, ofIndexes("GlobalSecondaryIndexAutoScalingUpdate", WRITES)),
          Shape.Member.required("TableName", Shapes.TABLE),
          Shape.Member.optional(WRITES, SETTINGS),
          Shape.Member.optional(
              REPLICAS,
              new Shape.ListOf(
                  new Shape.Structure(
                      "ReplicaAutoScalingUpdate",
                      Shape.Member.required("RegionName", Shapes.TEXT),
                      Shape.Member.optional(
                          REPLICA_INDEXES,
                          ofIndexes("ReplicaGlobalSecondaryIndexAutoScalingUpdate", INDEX_READS)),
                      Shape.Member.optional(READS, SETTINGS)),
                  1,
                  Integer.MAX_VALUE)));

  private static Shape ofIndexes(String javaName, String settings) {
    return new Shape.ListOf(
        new Shape.Structure(
            javaName,
            Shape.Member.optional("IndexName", Shapes.INDEX_NAME),
            Shape.Member.optional(settings, SETTINGS)),
        1,
        Integer.MAX_VALUE);
  }

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public UpdateTableReplicaAutoScaling.Request request(Members members, RequestHead head) {
    return new UpdateTableReplicaAutoScaling.Request(
        members.requiredText("TableName"),
        settings(members.structure(WRITES)),
        indexes(members.structures(INDEXES), WRITES),
        members.structures(REPLICAS).stream()
            .map(replica ->
                new UpdateTableReplicaAutoScaling.OfReplica(
                    replica.requiredText("RegionName"),
                    settings(replica.structure(READS)),
                    indexes(replica.structures(REPLICA_INDEXES), INDEX_READS)))
            .toList());
  }

  private static List<UpdateTableReplicaAutoScaling.OfIndex> indexes(
      List<Members> indexes, String name) {
    return indexes.stream()
        .map(index ->
            new UpdateTableReplicaAutoScaling.OfIndex(
                index.text("IndexName"), settings(index.structure(name))))
        .toList();
  }

  private static UpdateTableReplicaAutoScaling.@Nullable Settings settings(
      @Nullable Members members) {
    return members == null
        ? null
        : new UpdateTableReplicaAutoScaling.Settings(
            members.whole("MinimumUnits"),
            members.whole("MaximumUnits"),
            members.flag("AutoScalingDisabled"),
            policy(members.structure(POLICY)));
  }

  private static UpdateTableReplicaAutoScaling.@Nullable Policy policy(@Nullable Members members) {
    if (members == null) {
      return null;
    }
    Members tracking = members.requiredStructure(TRACKING);
    return new UpdateTableReplicaAutoScaling.Policy(
        members.text("PolicyName"),
        Objects.requireNonNull(tracking.real("TargetValue")),
        tracking.number("ScaleOutCooldown"),
        tracking.number("ScaleInCooldown"),
        tracking.flag("DisableScaleIn"));
  }

  @Override
  public void response(DescribeTableReplicaAutoScaling.Response response, JsonOutput json) {
    DescribeTableReplicaAutoScalingCodec.description(response, json);
  }
}
