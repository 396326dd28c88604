package org.ostraka.model.cloudwatch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads statistics of one metric. */
public final class GetMetricStatistics {
  private GetMetricStatistics() {}

  /** A request. */
  public record Request(
      @Nullable String namespace,
      @Nullable String metricName,
      List<Dimension> dimensions,
      @Nullable Instant startTime,
      @Nullable Instant endTime,
      @Nullable Integer period,
      List<String> statistics,
      List<String> extendedStatistics,
      @Nullable String unit) {}

  /** A response. */
  public record Response(String label, List<Datapoint> datapoints) {}

  /**
   * The statistics of one period.
   *
   * @param statistics by their names
   * @param percentiles by their names; empty when none was asked for
   */
  public record Datapoint(
      Instant timestamp,
      Map<String, Double> statistics,
      Optional<Map<String, Double>> percentiles,
      String unit) {}
}
