package org.ostraka.engine.region;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.engine.scaling.AutoScaling;
import org.ostraka.model.Caller;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.IndexName;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableName;
import org.ostraka.model.Traffic;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.DescribeTableReplicaAutoScaling;
import org.ostraka.model.operation.UpdateTableReplicaAutoScaling;
import org.ostraka.model.operation.UpdateTableReplicaAutoScaling.Policy;
import org.ostraka.model.operation.UpdateTableReplicaAutoScaling.Settings;
import org.ostraka.model.scaling.DeregisterScalableTarget;
import org.ostraka.model.scaling.PutScalingPolicy;
import org.ostraka.model.scaling.RegisterScalableTarget;
import org.ostraka.model.scaling.ScalableDimension;
import org.ostraka.model.scaling.ScalableResource;
import org.ostraka.model.scaling.TargetName;

/**
 * Carries out UpdateTableReplicaAutoScaling by the operations of auto scaling, with the permissions
 * of the caller. Write units are scaled by the replica that is asked, and are kept equal in the
 * others; read units are those of each replica. Any thread.
 */
public final class UpdateTableReplicaAutoScalingHandler
    implements OperationHandler<
        UpdateTableReplicaAutoScaling.Request, DescribeTableReplicaAutoScaling.Response> {
  private final Gate gate;
  private final AutoScaling scaling;
  private final DescribeTableReplicaAutoScalingHandler describing;

  /**
   * Makes the handler.
   *
   * @param describing returns the answer
   */
  public UpdateTableReplicaAutoScalingHandler(
      Gate gate, AutoScaling scaling, DescribeTableReplicaAutoScalingHandler describing) {
    this.gate = gate;
    this.scaling = scaling;
    this.describing = describing;
  }

  @Override
  public DescribeTableReplicaAutoScaling.Response handle(
      Caller caller, UpdateTableReplicaAutoScaling.Request request) {
    TableDescription table =
        gate.admit(caller, Action.UPDATE_TABLE_REPLICA_AUTO_SCALING, request.tableName())
            .record()
            .description();
    if (table.global().isEmpty()) {
      throw new ResourceNotFoundException(
          "Global table with name: '" + table.name() + "' does not exist.");
    }
    request.replicas().forEach(replica -> region(table, replica.regionName()));
    change(caller, table.name(), Optional.empty(), Traffic.WRITE, request.writes());
    for (UpdateTableReplicaAutoScaling.OfIndex index : request.indexWrites()) {
      change(caller, table.name(), index(table, index), Traffic.WRITE, index.settings());
    }
    for (UpdateTableReplicaAutoScaling.OfReplica replica : request.replicas()) {
      Caller there = in(caller, region(table, replica.regionName()));
      change(there, table.name(), Optional.empty(), Traffic.READ, replica.reads());
      for (UpdateTableReplicaAutoScaling.OfIndex index : replica.indexReads()) {
        change(there, table.name(), index(table, index), Traffic.READ, index.settings());
      }
    }
    return describing.response(table);
  }

  private static Region region(TableDescription table, String name) {
    return table.global().map(GlobalTable::members).stream()
        .flatMap(members -> members.stream())
        .filter(GlobalTable.Member::takesPart)
        .map(GlobalTable.Member::region)
        .filter(region -> region.value().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new ValidationException(
                "Update global table operation failed because one or more replicas were not"
                    + " part of the global table. Please retry the request without these"
                    + " replicas: ["
                    + name
                    + "]."));
  }

  private static Optional<IndexName> index(
      TableDescription table, UpdateTableReplicaAutoScaling.OfIndex wanted) {
    return Optional.of(
        table.globalIndexes().stream()
            .map(index -> index.name())
            .filter(name -> name.value().equals(wanted.indexName()))
            .findFirst()
            .orElseThrow(() ->
                new ResourceNotFoundException(
                    "Requested resource not found: No such index " + wanted.indexName())));
  }

  private static Caller in(Caller caller, Region region) {
    Owner owner = new Owner(caller.owner().account(), region);
    return new Caller(caller.principal(), owner, caller.session(), caller.origin());
  }

  private void change(
      Caller caller,
      TableName table,
      Optional<IndexName> index,
      Traffic traffic,
      @Nullable Settings settings) {
    if (settings == null) {
      return;
    }
    String resource = new ScalableResource(table, index).toString();
    ScalableDimension dimension = ScalableDimension.of(index.isPresent(), traffic);
    if (Boolean.TRUE.equals(settings.disabled())) {
      var _ =
          scaling
              .deregisterScalableTarget()
              .handle(
                  caller,
                  new DeregisterScalableTarget.Request(
                      new TargetName("dynamodb", resource, dimension.toString())));
      return;
    }
    var _ =
        scaling
            .registerScalableTarget()
            .handle(
                caller,
                new RegisterScalableTarget.Request(
                    new TargetName("dynamodb", resource, dimension.toString()),
                    settings.min(),
                    settings.max(),
                    null,
                    null,
                    null));
    Policy policy = settings.policy();
    if (policy != null) {
      var _ = scaling.putScalingPolicy().handle(caller, request(policy, resource, dimension));
    }
  }

  private static PutScalingPolicy.Request request(
      Policy policy, String resource, ScalableDimension dimension) {
    String name = policy.name();
    return new PutScalingPolicy.Request(
        name == null ? dimension.metric() + ":" + resource : name,
        new TargetName("dynamodb", resource, dimension.toString()),
        "TargetTrackingScaling",
        new PutScalingPolicy.Tracking(
            policy.percent(),
            dimension.metric(),
            policy.outCooldown(),
            policy.inCooldown(),
            policy.disableScaleIn()));
  }
}
