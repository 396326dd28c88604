package org.ostraka.model.cloudwatch;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists the metrics that have values. */
public final class ListMetrics {
  private ListMetrics() {}

  /** A request. */
  public record Request(
      @Nullable String namespace,
      @Nullable String metricName,
      List<Filter> dimensions,
      @Nullable String nextToken,
      @Nullable String recentlyActive,
      @Nullable Boolean includeLinkedAccounts,
      @Nullable String owningAccount) {}

  /** A dimension that metrics must have; any value when none is given. */
  public record Filter(@Nullable String name, @Nullable String value) {}

  /** A response. */
  public record Response(List<Metric> metrics, Optional<String> nextToken) {}
}
