package org.ostraka.model.operation;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.TableDescription;
import org.ostraka.model.scaling.ScalableTarget;

/** Describes the auto scaling of a global table's replicas. */
public final class DescribeTableReplicaAutoScaling {
  private DescribeTableReplicaAutoScaling() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN
   */
  public record Request(String tableName) {}

  /**
   * The response. Immutable.
   *
   * @param table the replica that was asked
   * @param replicas all replicas, itself included
   */
  public record Response(TableDescription table, List<Replica> replicas) {
    public Response {
      replicas = List.copyOf(replicas);
    }
  }

  /**
   * A replica with its auto scaling, as far as it is known here. Immutable.
   *
   * @param reads the target of its read units; absent when they are not scaled
   * @param writes the target of its write units; absent when they are not scaled
   */
  public record Replica(
      GlobalTable.Member member,
      List<OfIndex> indexes,
      Optional<ScalableTarget> reads,
      Optional<ScalableTarget> writes) {
    public Replica {
      indexes = List.copyOf(indexes);
    }
  }

  /** A global index of a replica with its auto scaling. Immutable. */
  public record OfIndex(
      GlobalIndex index, Optional<ScalableTarget> reads, Optional<ScalableTarget> writes) {}
}
