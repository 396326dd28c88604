package org.ostraka.engine.cloudwatch.math;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** How several values become one. */
enum Aggregates {
  AVERAGE,
  COUNT,
  DEVIATION,
  MAXIMUM,
  MINIMUM,
  SUM;

  /** Returns the value for some values; no number when there are none. */
  double of(Collection<Double> values) {
    DoubleStream numbers = values.stream().mapToDouble(Double::doubleValue);
    return switch (this) {
      case COUNT -> values.size();
      case SUM -> numbers.sum();
      case AVERAGE -> numbers.average().orElse(Double.NaN);
      case MAXIMUM -> numbers.max().orElse(Double.NaN);
      case MINIMUM -> numbers.min().orElse(Double.NaN);
      case DEVIATION -> deviation(values);
    };
  }

  private static double deviation(Collection<Double> values) {
    double mean = AVERAGE.of(values);
    return Math.sqrt(
        values.stream().mapToDouble(each -> (each - mean) * (each - mean)).average().orElse(0));
  }

  /** Returns the values for each point of time at which any of the series has one. */
  TimeSeries across(List<TimeSeries> series) {
    NavigableMap<Long, List<Double>> values = new TreeMap<>();
    int period = 0;
    for (TimeSeries each : series) {
      period = Math.max(period, each.period());
      each.points()
          .forEach((at, value) -> values.computeIfAbsent(at, _ -> new ArrayList<>()).add(value));
    }
    NavigableMap<Long, Double> points = new TreeMap<>();
    values.forEach((at, all) -> points.put(at, of(all)));
    return TimeSeries.computed(period, points);
  }
}
