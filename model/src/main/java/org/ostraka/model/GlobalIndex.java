package org.ostraka.model;

import java.util.Optional;

/**
 * An index with a partition key of its own. Immutable.
 *
 * @param backfilling for an index that is being added to an existing table: true while the table's
 *     items are being read into it, false while its resources are being allocated; absent otherwise
 * @param warmThroughput absent while the table is being created
 */
public record GlobalIndex(
    IndexName name,
    IndexKey key,
    IndexProjection projection,
    IndexStatus status,
    Optional<Boolean> backfilling,
    ProvisionedThroughput throughput,
    OnDemandThroughput onDemandThroughput,
    Optional<WarmThroughput> warmThroughput)
    implements Index {

  @Override
  public boolean serves() {
    return switch (status) {
      case ACTIVE, UPDATING -> true;
      case CREATING, DELETING -> false;
    };
  }

  /** Returns whether the index is being filled with the items that its table has already. */
  public boolean isBackfilling() {
    return backfilling.orElse(false);
  }

  /** Returns the index with a status, and without a backfilling flag. */
  public GlobalIndex withStatus(IndexStatus status) {
    return with(status, Optional.empty());
  }

  /** Returns the index as one that is being added to an existing table: CREATING. */
  public GlobalIndex creating(boolean backfilling) {
    return with(IndexStatus.CREATING, Optional.of(backfilling));
  }

  /** Returns the index while it is changed: UPDATING, unless it is being created or deleted. */
  public GlobalIndex whileUpdating() {
    return serves() ? withStatus(IndexStatus.UPDATING) : this;
  }

  /** Returns the index after a change: ACTIVE, unless it is being created or deleted. */
  public GlobalIndex afterUpdate() {
    return serves() ? withStatus(IndexStatus.ACTIVE) : this;
  }

  public GlobalIndex withThroughput(ProvisionedThroughput throughput) {
    return with(throughput, onDemandThroughput, warmThroughput);
  }

  public GlobalIndex withOnDemandThroughput(OnDemandThroughput onDemandThroughput) {
    return with(throughput, onDemandThroughput, warmThroughput);
  }

  public GlobalIndex withWarmThroughput(WarmThroughput warm) {
    return with(throughput, onDemandThroughput, Optional.of(warm));
  }

  private GlobalIndex with(IndexStatus status, Optional<Boolean> backfilling) {
    return new GlobalIndex(
        name, key, projection, status, backfilling, throughput, onDemandThroughput, warmThroughput);
  }

  private GlobalIndex with(
      ProvisionedThroughput throughput,
      OnDemandThroughput onDemandThroughput,
      Optional<WarmThroughput> warmThroughput) {
    return new GlobalIndex(
        name, key, projection, status, backfilling, throughput, onDemandThroughput, warmThroughput);
  }
}
