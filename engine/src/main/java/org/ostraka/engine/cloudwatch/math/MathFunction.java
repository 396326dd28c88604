package org.ostraka.engine.cloudwatch.math;

import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.ostraka.engine.cloudwatch.math.MathValue.Scalar;
import org.ostraka.engine.cloudwatch.math.MathValue.Several;
import org.ostraka.engine.cloudwatch.math.MathValue.Text;

/** The functions of expressions: "Metric math functions" in the User Guide. */
enum MathFunction {
  ABS((a, _) -> a.each(series -> series.map(Math::abs), Math::abs)),
  AVG((a, _) -> a.aggregate(Aggregates.AVERAGE)),
  CEIL((a, _) -> a.each(series -> series.map(Math::ceil), Math::ceil)),
  DATAPOINT_COUNT((a, _) -> a.aggregate(Aggregates.COUNT)),
  DATE((a, _) -> a.times(time -> time.getDayOfMonth())),
  DAY((a, _) -> a.times(time -> time.getDayOfWeek().getValue())),
  DIFF((a, _) -> a.each(TimeSteps::differences)),
  DIFF_TIME((a, _) -> a.each(TimeSteps::distances)),
  EPOCH((a, _) -> a.times(time -> time.toEpochSecond())),
  FILL((a, input) -> Filling.fill(a.first(), a.get(1), input)),
  FIRST((a, _) -> a.end(true)),
  FLOOR((a, _) -> a.each(series -> series.map(Math::floor), Math::floor)),
  HOUR((a, _) -> a.times(time -> time.getHour())),
  IF((a, input) -> Choice.of(a.first(), a.get(1), a.size() > 2 ? a.get(2) : null, input)),
  LAST((a, _) -> a.end(false)),
  LOG((a, _) -> a.each(series -> series.map(Math::log), Math::log)),
  LOG10((a, _) -> a.each(series -> series.map(Math::log10), Math::log10)),
  MAX((a, _) -> a.aggregate(Aggregates.MAXIMUM)),
  METRIC_COUNT((a, _) -> new Scalar(a.several().size())),
  METRICS((a, input) -> new Several(input.metrics(a.size() == 0 ? "" : a.text(0)))),
  MIN((a, _) -> a.aggregate(Aggregates.MINIMUM)),
  MINUTE((a, _) -> a.times(time -> time.getMinute())),
  MONTH((a, _) -> a.times(time -> time.getMonthValue())),
  PERIOD((a, _) -> new Scalar(a.series().period())),
  RATE((a, _) -> a.each(TimeSteps::rates)),
  REMOVE_EMPTY((a, _) ->
      new Several(a.several().stream().filter(each -> !each.points().isEmpty()).toList())),
  RUNNING_SUM((a, _) -> a.each(TimeSteps::sums)),
  SEARCH((a, input) ->
      new Several(
          input.search(
              a.text(0),
              a.text(1),
              a.size() > 2 ? OptionalInt.of((int) a.number(2)) : OptionalInt.empty()))),
  SLICE((a, _) -> Ordering.slice(a)),
  SORT((a, _) -> Ordering.sort(a)),
  STDDEV((a, _) -> a.aggregate(Aggregates.DEVIATION)),
  SUM((a, _) -> a.aggregate(Aggregates.SUM)),
  TIME_SERIES((a, input) -> MathExpression.constant(a.number(0), input.period(), input)),
  YEAR((a, _) -> a.times(time -> time.getYear()));

  /** Functions of the service that Ostraka does not have. */
  private static final Set<String> OTHERS =
      Set.of(
          "ANOMALY_DETECTION_BAND",
          "DB_PERF_INSIGHTS",
          "INSIGHT_RULE_METRIC",
          "LAMBDA",
          "SERVICE_QUOTA");

  private static final Map<String, MathFunction> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Enum::name, Function.identity()));

  private final BiFunction<Arguments, MathInput, MathValue> work;

  MathFunction(BiFunction<Arguments, MathInput, MathValue> work) {
    this.work = work;
  }

  static MathFunction named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    MathFunction found = BY_NAME.get(upper);
    if (found == null) {
      throw new MathException(
          OTHERS.contains(upper)
              ? "The function " + upper + " is not supported by this version of Ostraka"
              : "Unknown function '" + name + "'");
    }
    return found;
  }

  MathValue apply(List<MathValue> arguments, MathInput input) {
    return work.apply(new Arguments(name(), arguments), input);
  }

  /** The arguments of a call. Immutable. */
  record Arguments(String function, List<MathValue> all) {
    int size() {
      return all.size();
    }

    MathValue get(int place) {
      if (place >= all.size()) {
        throw new MathException(function + " needs more arguments");
      }
      return all.get(place);
    }

    MathValue first() {
      return get(0);
    }

    double number(int place) {
      if (get(place) instanceof Scalar(double value)) {
        return value;
      }
      throw wrong(place, "a number");
    }

    String text(int place) {
      if (get(place) instanceof Text(String value)) {
        return value;
      }
      throw wrong(place, "a text");
    }

    TimeSeries series() {
      if (first() instanceof TimeSeries series) {
        return series;
      }
      throw wrong(0, "a time series");
    }

    List<TimeSeries> several() {
      return switch (first()) {
        case Several several -> several.series();
        case TimeSeries series -> List.of(series);
        case Scalar _, Text _ -> throw wrong(0, "an array of time series");
      };
    }

    private MathException wrong(int place, String wanted) {
      return new MathException(
          "Argument " + (place + 1) + " of " + function + " must be " + wanted);
    }

    /** Applies a function to each time series, or to a number. */
    MathValue each(Function<TimeSeries, TimeSeries> ofSeries, DoubleUnaryOperator ofNumber) {
      return first() instanceof Scalar(double value)
          ? new Scalar(ofNumber.applyAsDouble(value))
          : each(ofSeries);
    }

    MathValue each(Function<TimeSeries, TimeSeries> ofSeries) {
      return switch (first()) {
        case TimeSeries series -> ofSeries.apply(series);
        case Several several -> new Several(several.series().stream().map(ofSeries).toList());
        case Scalar _, Text _ -> throw wrong(0, "a time series");
      };
    }

    /** Returns one number for a time series, and a time series for an array of them. */
    MathValue aggregate(Aggregates how) {
      return switch (first()) {
        case TimeSeries series -> new Scalar(how.of(series.points().values()));
        case Several several -> how.across(several.series());
        case Scalar _, Text _ -> throw wrong(0, "a time series");
      };
    }

    MathValue times(ToLongFunction<ZonedDateTime> part) {
      return each(series -> TimeSteps.times(series, part));
    }

    /** Returns the first or the last of an array, or the first or last value of a series. */
    MathValue end(boolean isFirst) {
      if (first() instanceof TimeSeries series) {
        if (series.points().isEmpty()) {
          return new Scalar(Double.NaN);
        }
        return new Scalar(
            (isFirst ? series.points().firstEntry() : series.points().lastEntry()).getValue());
      }
      List<TimeSeries> all = several();
      if (all.isEmpty()) {
        throw new MathException(function + " needs an array that is not empty");
      }
      return isFirst ? all.getFirst() : all.getLast();
    }
  }
}
