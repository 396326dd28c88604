package org.ostraka.engine.region;

import java.util.List;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.operation.DescribeTableReplicaAutoScaling;

/**
 * Carries out DescribeTableReplicaAutoScaling. A table of one region is no global table, which
 * Q-442 measured (October 2026). Any thread.
 */
public final class DescribeTableReplicaAutoScalingHandler
    implements OperationHandler<
        DescribeTableReplicaAutoScaling.Request, DescribeTableReplicaAutoScaling.Response> {
  private final Gate gate;

  public DescribeTableReplicaAutoScalingHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public DescribeTableReplicaAutoScaling.Response handle(
      Caller caller, DescribeTableReplicaAutoScaling.Request request) {
    TableDescription table =
        gate.admit(caller, Action.DESCRIBE_TABLE_REPLICA_AUTO_SCALING, request.tableName())
            .record()
            .description();
    Region own = table.arn().owner().region();
    List<GlobalTable.Member> members =
        table.global().map(GlobalTable::members).orElse(List.of()).stream()
            .filter(
                member -> member.region().equals(own) || member.takesPart() || !member.confirmed())
            .toList();
    if (members.size() < 2) {
      throw new ResourceNotFoundException(
          "Global table with name: '" + table.name() + "' does not exist.");
    }
    return new DescribeTableReplicaAutoScaling.Response(table, members);
  }
}
