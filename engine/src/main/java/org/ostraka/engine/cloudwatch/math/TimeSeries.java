package org.ostraka.engine.cloudwatch.math;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.ostraka.model.cloudwatch.Metric;

/**
 * Values at points of time. Nobody changes them.
 *
 * @param name what a label shows
 * @param metric the metric that it is a statistic of; empty for what was computed
 * @param stat the statistic; empty for what was computed
 * @param period the seconds from one point to the next
 * @param points the values by their seconds; those that are no finite numbers are left out
 */
public record TimeSeries(
    String name,
    Optional<Metric> metric,
    String stat,
    int period,
    NavigableMap<Long, Double> points)
    implements MathValue {
  /** Leaves out what is no finite number, such as what was divided by zero: it has no value. */
  public TimeSeries {
    if (!points.values().stream().allMatch(Double::isFinite)) {
      points = new TreeMap<>(points);
      points.values().removeIf(value -> !Double.isFinite(value));
    }
  }

  /** Makes a series that was computed. */
  static TimeSeries computed(int period, NavigableMap<Long, Double> points) {
    return new TimeSeries("", Optional.empty(), "", period, points);
  }

  /** Returns the points alone: what one expression computes from one metric is another one. */
  public TimeSeries unnamed() {
    return computed(period, points);
  }

  /** Returns this series with other points. */
  TimeSeries with(NavigableMap<Long, Double> others) {
    return new TimeSeries(name, metric, stat, period, others);
  }

  TimeSeries map(DoubleUnaryOperator function) {
    NavigableMap<Long, Double> mapped = new TreeMap<>();
    points.forEach((at, value) -> mapped.put(at, function.applyAsDouble(value)));
    return with(mapped);
  }
}
