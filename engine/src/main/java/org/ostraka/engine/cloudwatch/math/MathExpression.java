package org.ostraka.engine.cloudwatch.math;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.ostraka.engine.cloudwatch.math.MathValue.Scalar;
import org.ostraka.engine.cloudwatch.math.MathValue.Several;
import org.ostraka.engine.cloudwatch.math.MathValue.Text;

/** An expression over metrics. Immutable. */
public final class MathExpression {
  private final MathNode root;

  private MathExpression(MathNode root) {
    this.root = root;
  }

  /**
   * Reads an expression.
   *
   * @throws MathException when it is none
   */
  public static MathExpression parse(String text) {
    if (text.strip().regionMatches(true, 0, "SELECT ", 0, "SELECT ".length())) {
      throw new MathException(
          "Metrics Insights queries (SELECT) are not supported by this version of Ostraka");
    }
    return new MathExpression(MathParser.parse(text));
  }

  /**
   * Returns what the expression comes to.
   *
   * @throws MathException when it cannot be evaluated
   */
  public MathValue value(MathInput input) {
    return value(root, input);
  }

  private static MathValue value(MathNode node, MathInput input) {
    input.enter();
    MathValue value = evaluated(node, input);
    input.leave();
    input.spend(value.cost());
    return value;
  }

  private static MathValue evaluated(MathNode node, MathInput input) {
    return switch (node) {
      case MathNode.Constant(double value) -> new Scalar(value);
      case MathNode.Text(String value) -> new Text(value);
      case MathNode.Reference(String id) -> input.of(id);
      case MathNode.Negative(MathNode of) ->
          binary(Operator.TIMES, new Scalar(-1), value(of, input));
      case MathNode.Binary(Operator operator, MathNode left, MathNode right) ->
          binary(operator, value(left, input), value(right, input));
      case MathNode.Several(List<MathNode> elements) -> several(elements, input);
      case MathNode.Call(String function, List<MathNode> arguments) ->
          MathFunction.named(function).apply(values(arguments, input), input);
    };
  }

  private static List<MathValue> values(List<MathNode> nodes, MathInput input) {
    // A stream would take several times the stack for each level of nesting.
    List<MathValue> values = new ArrayList<>();
    for (MathNode node : nodes) {
      values.add(value(node, input));
    }
    return values;
  }

  private static MathValue several(List<MathNode> elements, MathInput input) {
    List<TimeSeries> all = new ArrayList<>();
    for (MathNode element : elements) {
      switch (value(element, input)) {
        case TimeSeries series -> all.add(series);
        case Several several -> {
          Several.requireFew(all.size() + several.series().size());
          all.addAll(several.series());
        }
        case Scalar(double value) -> all.add(constant(value, input.period(), input));
        case Text _ -> throw new MathException("A text cannot be in an array");
      }
    }
    return new Several(all);
  }

  /** Returns a series that has the same value at all times. */
  static TimeSeries constant(double value, int period, MathInput input) {
    NavigableMap<Long, Double> points = new TreeMap<>();
    input.times(period).forEach(at -> points.put(at, value));
    return TimeSeries.computed(period, points);
  }

  private static MathValue binary(Operator operator, MathValue left, MathValue right) {
    if (left instanceof Scalar(double first) && right instanceof Scalar(double second)) {
      return new Scalar(operator.apply(first, second));
    }
    return switch (left) {
      case Text _ -> throw new MathException("Operators do not apply to texts");
      case Several several -> {
        if (right instanceof Several) {
          throw new MathException("Operators do not apply to two arrays");
        }
        yield new Several(
            several.series().stream().map(each -> one(operator, each, right)).toList());
      }
      case TimeSeries series -> {
        if (right instanceof Several several) {
          yield new Several(
              several.series().stream().map(each -> both(operator, series, each)).toList());
        }
        yield one(operator, series, right);
      }
      case Scalar(double number) -> ofScalar(operator, number, right);
    };
  }

  private static MathValue ofScalar(Operator operator, double left, MathValue right) {
    return switch (right) {
      case TimeSeries series -> series.map(value -> operator.apply(left, value));
      case Several several ->
          new Several(
              several.series().stream()
                  .map(each -> each.map(value -> operator.apply(left, value)))
                  .toList());
      case Scalar(double value) -> new Scalar(operator.apply(left, value));
      case Text _ -> throw new MathException("Operators do not apply to texts");
    };
  }

  private static TimeSeries one(Operator operator, TimeSeries left, MathValue right) {
    return switch (right) {
      case Scalar(double number) -> left.map(value -> operator.apply(value, number));
      case TimeSeries series -> both(operator, left, series);
      case Several _, Text _ ->
          throw new MathException("Operators apply to numbers and time series only");
    };
  }

  /** Where one of two series has no value, the result has none. */
  private static TimeSeries both(Operator operator, TimeSeries left, TimeSeries right) {
    NavigableMap<Long, Double> points = new TreeMap<>();
    left.points()
        .forEach((at, value) -> {
          Double other = right.points().get(at);
          if (other != null) {
            points.put(at, operator.apply(value, other));
          }
        });
    return TimeSeries.computed(Math.max(left.period(), right.period()), points);
  }
}
