package org.ostraka.engine.cloudwatch.math;

import java.util.List;

/** What a part of an expression comes to. Immutable. */
public sealed interface MathValue
    permits MathValue.Scalar, MathValue.Text, MathValue.Several, TimeSeries {
  /** A number. */
  record Scalar(double value) implements MathValue {}

  /** A text. */
  record Text(String value) implements MathValue {}

  /** Several time series. */
  record Several(List<TimeSeries> series) implements MathValue {}
}
