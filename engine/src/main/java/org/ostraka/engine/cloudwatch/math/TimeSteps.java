package org.ostraka.engine.cloudwatch.math;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** What follows from one point of a series and the point before it. Stateless. */
final class TimeSteps {
  private TimeSteps() {}

  /** Computes a value from two points that follow each other. */
  private interface Step {
    double of(long seconds, double before, double after);
  }

  static TimeSeries differences(TimeSeries series) {
    return steps(series, (_, before, after) -> after - before);
  }

  static TimeSeries distances(TimeSeries series) {
    return steps(series, (seconds, _, _) -> seconds);
  }

  static TimeSeries rates(TimeSeries series) {
    return steps(series, (seconds, before, after) -> (after - before) / seconds);
  }

  private static TimeSeries steps(TimeSeries series, Step step) {
    NavigableMap<Long, Double> points = new TreeMap<>();
    series
        .points()
        .forEach((at, value) -> {
          var before = series.points().lowerEntry(at);
          if (before != null) {
            points.put(at, step.of(at - before.getKey(), before.getValue(), value));
          }
        });
    return series.with(points);
  }

  static TimeSeries sums(TimeSeries series) {
    NavigableMap<Long, Double> points = new TreeMap<>();
    double sum = 0;
    for (var point : series.points().entrySet()) {
      sum += point.getValue();
      points.put(point.getKey(), sum);
    }
    return series.with(points);
  }

  static TimeSeries times(TimeSeries series, ToLongFunction<ZonedDateTime> part) {
    NavigableMap<Long, Double> points = new TreeMap<>();
    for (long at : series.points().keySet()) {
      ZonedDateTime time = Instant.ofEpochSecond(at).atZone(ZoneOffset.UTC);
      points.put(at, (double) part.applyAsLong(time));
    }
    return series.with(points);
  }
}
