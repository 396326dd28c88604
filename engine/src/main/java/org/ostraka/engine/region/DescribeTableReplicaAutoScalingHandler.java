package org.ostraka.engine.region;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.engine.scaling.ScalingSettings;
import org.ostraka.model.Caller;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.Traffic;
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
  private final Function<TableArn, ScalingSettings> scalings;

  /**
   * Makes the handler.
   *
   * @param scalings returns the auto scaling of a table, of this process and its store
   */
  public DescribeTableReplicaAutoScalingHandler(
      Gate gate, Function<TableArn, ScalingSettings> scalings) {
    this.gate = gate;
    this.scalings = scalings;
  }

  @Override
  public DescribeTableReplicaAutoScaling.Response handle(
      Caller caller, DescribeTableReplicaAutoScaling.Request request) {
    TableDescription table =
        gate.admit(caller, Action.DESCRIBE_TABLE_REPLICA_AUTO_SCALING, request.tableName())
            .record()
            .description();
    return response(table);
  }

  /** Returns the auto scaling of a table's replicas. */
  DescribeTableReplicaAutoScaling.Response response(TableDescription table) {
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
    return new DescribeTableReplicaAutoScaling.Response(
        table, members.stream().map(member -> replica(table, member)).toList());
  }

  private DescribeTableReplicaAutoScaling.Replica replica(
      TableDescription table, GlobalTable.Member member) {
    ScalingSettings scaling = scalings.apply(GroupMessage.replica(table, member.region()));
    List<DescribeTableReplicaAutoScaling.OfIndex> indexes =
        table.globalIndexes().stream()
            .map(index ->
                new DescribeTableReplicaAutoScaling.OfIndex(
                    index,
                    scaling.target(table, Optional.of(index.name()), Traffic.READ),
                    scaling.target(table, Optional.of(index.name()), Traffic.WRITE)))
            .toList();
    return new DescribeTableReplicaAutoScaling.Replica(
        member,
        indexes,
        scaling.target(table, Optional.empty(), Traffic.READ),
        scaling.target(table, Optional.empty(), Traffic.WRITE));
  }
}
