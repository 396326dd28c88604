package org.ostraka.server.wire;

import java.util.List;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.operation.DescribeTableReplicaAutoScaling;

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
    json.writeName("TableAutoScalingDescription").writeStartObject();
    json.writeStringProperty("TableName", response.table().name().value());
    json.writeStringProperty("TableStatus", response.table().status().name());
    json.writeName("Replicas").writeStartArray();
    for (GlobalTable.Member member : response.replicas()) {
      json.writeStartObject();
      json.writeStringProperty("RegionName", member.region().value());
      indexes(json, response.table().globalIndexes());
      disabled(json, "ReplicaProvisionedReadCapacityAutoScalingSettings");
      disabled(json, "ReplicaProvisionedWriteCapacityAutoScalingSettings");
      json.writeStringProperty("ReplicaStatus", ReplicaShapes.status(member.state()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void indexes(JsonOutput json, List<GlobalIndex> indexes) {
    if (indexes.isEmpty()) {
      return;
    }
    json.writeName("GlobalSecondaryIndexes").writeStartArray();
    for (GlobalIndex index : indexes) {
      json.writeStartObject();
      json.writeStringProperty("IndexName", index.name().value());
      json.writeStringProperty("IndexStatus", index.status().name());
      disabled(json, "ProvisionedReadCapacityAutoScalingSettings");
      disabled(json, "ProvisionedWriteCapacityAutoScalingSettings");
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes the settings of what has no auto scaling (mondoohq/mql issue 2913 shows them). */
  private static void disabled(JsonOutput json, String name) {
    json.writeName(name).writeStartObject();
    json.writeBooleanProperty("AutoScalingDisabled", true);
    json.writeName("ScalingPolicies").writeStartArray();
    json.writeEndArray();
    json.writeEndObject();
  }
}
