package org.ostraka.model.operation;

import java.util.List;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.TableDescription;

/** Describes the auto scaling of a global table's replicas, of which none has any. */
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
  public record Response(TableDescription table, List<GlobalTable.Member> replicas) {
    public Response {
      replicas = List.copyOf(replicas);
    }
  }
}
