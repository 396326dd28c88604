package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes the auto scaling of a global table's replicas. */
public final class UpdateTableReplicaAutoScaling {
  private UpdateTableReplicaAutoScaling() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN
   * @param writes the auto scaling of the table's write units
   * @param indexWrites the auto scaling of the write units of indexes
   */
  public record Request(
      String tableName,
      @Nullable Settings writes,
      List<OfIndex> indexWrites,
      List<OfReplica> replicas) {
    public Request {
      indexWrites = List.copyOf(indexWrites);
      replicas = List.copyOf(replicas);
    }
  }

  /** The auto scaling of the read units of a replica, and of its indexes. Immutable. */
  public record OfReplica(String regionName, @Nullable Settings reads, List<OfIndex> indexReads) {
    public OfReplica {
      indexReads = List.copyOf(indexReads);
    }
  }

  /** The auto scaling of an index. Immutable. */
  public record OfIndex(@Nullable String indexName, @Nullable Settings settings) {}

  /**
   * Settings to change; absent members are left as they are. Immutable.
   *
   * @param disabled whether there is to be no auto scaling
   */
  public record Settings(
      @Nullable Long min,
      @Nullable Long max,
      @Nullable Boolean disabled,
      @Nullable Policy policy) {}

  /** A policy to make or to change. Immutable. */
  public record Policy(
      @Nullable String name,
      double percent,
      @Nullable Integer outCooldown,
      @Nullable Integer inCooldown,
      @Nullable Boolean disableScaleIn) {}
}
