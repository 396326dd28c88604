package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;

/**
 * One entry of GlobalSecondaryIndexUpdates, of whose members one should be there. Immutable.
 *
 * @param create an index to add
 * @param update an index whose throughput changes
 * @param delete the name of an index to remove
 */
public record GlobalIndexUpdate(
    @Nullable NewIndex create, @Nullable Throughput update, @Nullable String delete) {

  /** What becomes of an index's throughput: absent members leave it alone. Immutable. */
  public record Throughput(
      String name, @Nullable ThroughputUnits units, @Nullable OnDemandMaximum onDemandMaximum) {}
}
