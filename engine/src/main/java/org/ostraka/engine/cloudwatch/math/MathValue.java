package org.ostraka.engine.cloudwatch.math;

import java.util.List;

/** What a part of an expression comes to. Immutable. */
public sealed interface MathValue
    permits MathValue.Scalar, MathValue.Text, MathValue.Several, TimeSeries {
  /** A number. */
  record Scalar(double value) implements MathValue {}

  /** A text. */
  record Text(String value) implements MathValue {}

  /** The most time series that an array has, as a SEARCH of the service finds at most. */
  int MAX_SERIES = 500;

  /** Several time series. */
  record Several(List<TimeSeries> series) implements MathValue {
    /** Refuses more series than an array may have. */
    public Several {
      requireFew(series.size());
    }

    static void requireFew(int size) {
      if (size > MAX_SERIES) {
        throw new MathException("An array has more than " + MAX_SERIES + " time series");
      }
    }
  }

  /** Returns what the value costs: one for each point, and one for a series without points. */
  default int cost() {
    return switch (this) {
      case Scalar _, Text _ -> 1;
      case TimeSeries series -> Math.max(1, series.points().size());
      case Several several ->
          Math.max(1, several.series().stream().mapToInt(MathValue::cost).sum());
    };
  }
}
