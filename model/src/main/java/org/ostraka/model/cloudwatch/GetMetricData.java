package org.ostraka.model.cloudwatch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads several metrics, and expressions over them. */
public final class GetMetricData {
  private GetMetricData() {}

  /**
   * A request.
   *
   * @param timezone the offset in which labels show times, such as {@code +0130}
   */
  public record Request(
      List<Query> queries,
      @Nullable Instant startTime,
      @Nullable Instant endTime,
      @Nullable String nextToken,
      @Nullable String scanBy,
      @Nullable Integer maxDatapoints,
      @Nullable String timezone) {}

  /** A metric or an expression that is asked for. */
  public record Query(
      @Nullable String id,
      @Nullable Stat stat,
      @Nullable String expression,
      @Nullable String label,
      @Nullable Boolean returnData,
      @Nullable Integer period,
      @Nullable String accountId) {}

  /** A statistic of a metric. */
  public record Stat(
      @Nullable Metric metric,
      @Nullable Integer period,
      @Nullable String stat,
      @Nullable String unit) {}

  /** A response. Messages are of the whole request. */
  public record Response(List<Result> results, Optional<String> nextToken) {}

  /**
   * The values of one time series.
   *
   * @param isComplete whether all of its values are here or on the pages before
   */
  public record Result(
      String id, String label, List<Instant> timestamps, List<Double> values, boolean isComplete) {}
}
