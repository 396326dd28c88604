package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;

/**
 * One entry of GlobalSecondaryIndexUpdates, of which exactly one member should be present.
 * Immutable.
 *
 * @param create an index to add
 * @param update an index whose throughput changes
 * @param delete the name of an index to remove
 */
public record GlobalIndexUpdate(
    @Nullable NewIndex create, @Nullable Throughput update, @Nullable String delete) {

  /** The new throughput of an index: absent members leave it unchanged. Immutable. */
  public record Throughput(
      String name,
      @Nullable ThroughputUnits units,
      @Nullable OnDemandMaximum onDemandMaximum,
      @Nullable WarmThroughputUnits warmThroughput) {}
}
