package org.ostraka.engine.cloudwatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Owner;
import org.ostraka.model.cloudwatch.CloudWatchError;
import org.ostraka.model.cloudwatch.GetMetricStatistics;
import org.ostraka.model.cloudwatch.Metric;

/** Statistics of one metric, which a request asks for. One thread. */
final class MetricStatistics {
  /** The most periods in the range: GetMetricStatistics. */
  private static final int MAX_DATAPOINTS = 1_440;

  private static final int MAX_STATISTICS = 5;
  private static final int MAX_EXTENDED = 10;

  private final GetMetricStatistics.Request request;
  private final Metric metric;
  private final long from;
  private final long before;
  private final int period;
  private final Map<String, Statistic> statistics = new LinkedHashMap<>();
  private final Map<String, Statistic> extended = new LinkedHashMap<>();

  /**
   * Checks a request.
   *
   * @throws org.ostraka.model.cloudwatch.CloudWatchException when it is not legal
   */
  MetricStatistics(GetMetricStatistics.Request request) {
    this.request = request;
    this.metric =
        new Metric(
            required(request.namespace(), "Namespace"),
            required(request.metricName(), "MetricName"),
            request.dimensions());
    List<String> problems = MetricLimits.problems(metric, "");
    if (!problems.isEmpty()) {
      throw CloudWatchError.INVALID_PARAMETER_VALUE.because(String.join("\n", problems));
    }
    Instant start = required(request.startTime(), "StartTime");
    Instant end = required(request.endTime(), "EndTime");
    this.period = required(request.period(), "Period");
    if (!start.isBefore(end)) {
      throw CloudWatchError.INVALID_PARAMETER_COMBINATION.because(
          "The parameter StartTime must be less than the parameter EndTime.");
    }
    if (!Periods.isLegal(period)) {
      throw CloudWatchError.INVALID_PARAMETER_VALUE.because(
          "The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.");
    }
    this.from = Periods.roundedDown(start.getEpochSecond());
    this.before = end.getEpochSecond();
    requireFew();
    readStatistics();
  }

  private static <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw CloudWatchError.MISSING_PARAMETER.because("The parameter " + name + " is required.");
    }
    return value;
  }

  private void requireFew() {
    long datapoints = Math.ceilDiv(before - from, period);
    if (datapoints > MAX_DATAPOINTS) {
      throw CloudWatchError.INVALID_PARAMETER_COMBINATION.because(
          String.format(
              Locale.ROOT,
              "You have requested up to %,d datapoints, which exceeds the limit of %,d. You may"
                  + " reduce the datapoints requested by increasing Period, or decreasing the time"
                  + " range.",
              datapoints,
              MAX_DATAPOINTS));
    }
  }

  private void readStatistics() {
    if (request.statistics().isEmpty() && request.extendedStatistics().isEmpty()) {
      throw CloudWatchError.MISSING_PARAMETER.because(
          "At least one of the parameters Statistics and ExtendedStatistics must be specified.");
    }
    requireAtMost(request.statistics(), MAX_STATISTICS, "Statistics");
    requireAtMost(request.extendedStatistics(), MAX_EXTENDED, "ExtendedStatistics");
    for (String word : request.statistics()) {
      statistics.put(
          word,
          Statistic.parse(word)
              .filter(Statistic.Simple.class::isInstance)
              .orElseThrow(() -> notValid("Statistics", word)));
    }
    for (String word : request.extendedStatistics()) {
      extended.put(
          word,
          Statistic.parse(word)
              .filter(Statistic.Percentile.class::isInstance)
              .orElseThrow(() -> notValid("ExtendedStatistics", word)));
    }
  }

  private static RuntimeException notValid(String parameter, String word) {
    return CloudWatchError.INVALID_PARAMETER_VALUE.because(
        Statistic.isOfService(word)
            ? parameter + ": " + word + " is not supported by this version of Ostraka."
            : "The value " + word + " for parameter " + parameter + " is not supported.");
  }

  private static void requireAtMost(List<String> words, int most, String parameter) {
    if (words.size() > most) {
      throw CloudWatchError.INVALID_PARAMETER_VALUE.because(
          "The collection " + parameter + " must not have a size greater than " + most + ".");
    }
  }

  /** Returns the statistics, in order of time. */
  GetMetricStatistics.Response of(MetricHistory history, Owner owner) {
    List<GetMetricStatistics.Datapoint> datapoints = new ArrayList<>();
    if (QueryEvaluation.isOfUnit(metric, Optional.ofNullable(request.unit()))) {
      NavigableMap<Long, Sample> samples =
          history.samples(
              owner, metric, from, before, at -> from + Math.floorDiv(at - from, period) * period);
      samples.forEach((at, sample) -> datapoints.add(datapoint(at, sample)));
    }
    return new GetMetricStatistics.Response(metric.name(), datapoints);
  }

  private GetMetricStatistics.Datapoint datapoint(long at, Sample sample) {
    Map<String, Double> percentiles = values(extended, sample);
    return new GetMetricStatistics.Datapoint(
        Instant.ofEpochSecond(at),
        values(statistics, sample),
        percentiles.isEmpty() ? Optional.empty() : Optional.of(percentiles),
        MetricName.of(metric.name())
            .map(MetricName::unit)
            .map(MetricName.Unit::word)
            .orElse("None"));
  }

  private static Map<String, Double> values(Map<String, Statistic> wanted, Sample sample) {
    Map<String, Double> values = new TreeMap<>();
    wanted.forEach(
        (word, statistic) -> statistic.of(sample).ifPresent(value -> values.put(word, value)));
    return values;
  }
}
