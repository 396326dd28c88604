package org.ostraka.engine.cloudwatch.math;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.cloudwatch.math.MathValue.Scalar;
import org.ostraka.engine.cloudwatch.math.MathValue.Several;
import org.ostraka.engine.cloudwatch.math.MathValue.Text;

/** One of two values at each point of time: the function IF. Stateless. */
final class Choice {
  private Choice() {}

  /**
   * Chooses.
   *
   * @param otherwise the value where the condition is 0; no value there without it
   */
  static MathValue of(
      MathValue condition, MathValue value, @Nullable MathValue otherwise, MathInput input) {
    return switch (condition) {
      case Scalar(double truth) -> {
        if (truth != 0) {
          yield value;
        }
        yield otherwise == null ? TimeSeries.computed(input.period(), new TreeMap<>()) : otherwise;
      }
      case TimeSeries truth -> {
        NavigableMap<Long, Double> points = new TreeMap<>();
        truth
            .points()
            .forEach((at, is) -> {
              Double chosen = at(is != 0 ? value : otherwise, at);
              if (chosen != null) {
                points.put(at, chosen);
              }
            });
        yield TimeSeries.computed(truth.period(), points);
      }
      case Several _, Text _ ->
          throw new MathException("Argument 1 of IF must be a number or a time series");
    };
  }

  private static @Nullable Double at(@Nullable MathValue value, long at) {
    return switch (value) {
      case null -> null;
      case Scalar(double number) -> number;
      case TimeSeries series -> series.points().get(at);
      case Several _, Text _ ->
          throw new MathException("IF chooses between numbers and time series only");
    };
  }
}
