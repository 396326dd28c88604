package org.ostraka.model;

import java.util.Optional;

/**
 * An index with a partition key of its own. Immutable.
 *
 * @param warmThroughput absent while the table is being created
 */
public record GlobalIndex(
    IndexName name,
    IndexKey key,
    IndexProjection projection,
    IndexStatus status,
    ProvisionedThroughput throughput,
    OnDemandThroughput onDemandThroughput,
    Optional<WarmThroughput> warmThroughput)
    implements Index {

  public GlobalIndex withStatus(IndexStatus status) {
    return new GlobalIndex(
        name, key, projection, status, throughput, onDemandThroughput, warmThroughput);
  }

  public GlobalIndex withThroughput(ProvisionedThroughput throughput) {
    return new GlobalIndex(
        name, key, projection, status, throughput, onDemandThroughput, warmThroughput);
  }

  public GlobalIndex withWarmThroughput(WarmThroughput warm) {
    return new GlobalIndex(
        name, key, projection, status, throughput, onDemandThroughput, Optional.of(warm));
  }
}
