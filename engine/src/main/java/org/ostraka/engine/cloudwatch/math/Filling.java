package org.ostraka.engine.cloudwatch.math;

import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.ostraka.engine.cloudwatch.math.MathValue.Scalar;
import org.ostraka.engine.cloudwatch.math.MathValue.Several;

/** Values where a series has none: the function FILL. Stateless. */
final class Filling {
  private Filling() {}

  static MathValue fill(MathValue what, MathValue with, MathInput input) {
    return switch (what) {
      case TimeSeries series -> filled(series, with, input);
      case Several several ->
          new Several(several.series().stream().map(each -> filled(each, with, input)).toList());
      case Scalar _, MathValue.Text _ ->
          throw new MathException("Argument 1 of FILL must be a time series");
    };
  }

  private static TimeSeries filled(TimeSeries series, MathValue with, MathInput input) {
    NavigableMap<Long, Double> points = new TreeMap<>(series.points());
    for (long at : input.times(series.period())) {
      if (!points.containsKey(at)) {
        value(series, with, at).ifPresent(value -> points.put(at, value));
      }
    }
    return series.with(points);
  }

  private static OptionalDouble value(TimeSeries series, MathValue with, long at) {
    return switch (with) {
      case Scalar(double number) -> OptionalDouble.of(number);
      case TimeSeries other -> {
        Double there = other.points().get(at);
        yield there == null ? OptionalDouble.empty() : OptionalDouble.of(there);
      }
      case MathValue.Text(String word) ->
          switch (word) {
            case "REPEAT" -> repeated(series, at);
            case "LINEAR" -> linear(series, at);
            default -> throw wrong();
          };
      case Several _ -> throw wrong();
    };
  }

  private static MathException wrong() {
    return new MathException("Argument 2 of FILL must be a number, REPEAT or LINEAR");
  }

  private static OptionalDouble repeated(TimeSeries series, long at) {
    var before = series.points().lowerEntry(at);
    return before == null ? OptionalDouble.empty() : OptionalDouble.of(before.getValue());
  }

  private static OptionalDouble linear(TimeSeries series, long at) {
    var before = series.points().lowerEntry(at);
    var after = series.points().higherEntry(at);
    if (before == null || after == null) {
      return OptionalDouble.empty();
    }
    double part = (double) (at - before.getKey()) / (after.getKey() - before.getKey());
    return OptionalDouble.of(before.getValue() + part * (after.getValue() - before.getValue()));
  }
}
