package org.ostraka.engine.cloudwatch.math;

import java.util.Comparator;
import java.util.List;
import org.ostraka.engine.cloudwatch.math.MathFunction.Arguments;
import org.ostraka.engine.cloudwatch.math.MathValue.Several;

/** The functions that choose some series of an array: SORT and SLICE. Stateless. */
final class Ordering {
  private Ordering() {}

  /** SORT(series, function, order, number). */
  static MathValue sort(Arguments arguments) {
    Aggregates by =
        switch (arguments.text(1)) {
          case "AVG" -> Aggregates.AVERAGE;
          case "MAX" -> Aggregates.MAXIMUM;
          case "MIN" -> Aggregates.MINIMUM;
          case "STDDEV" -> Aggregates.DEVIATION;
          case "SUM" -> Aggregates.SUM;
          default ->
              throw new MathException("Argument 2 of SORT must be AVG, MAX, MIN, STDDEV or SUM");
        };
    Comparator<TimeSeries> order =
        Comparator.comparingDouble(series -> by.of(series.points().values()));
    Comparator<TimeSeries> wanted =
        switch (arguments.text(2)) {
          case "ASC" -> order;
          case "DESC" -> order.reversed();
          default -> throw new MathException("Argument 3 of SORT must be ASC or DESC");
        };
    List<TimeSeries> sorted = arguments.several().stream().sorted(wanted).toList();
    int most = arguments.size() > 3 ? (int) arguments.number(3) : sorted.size();
    return new Several(sorted.subList(0, Math.clamp(most, 0, sorted.size())));
  }

  /** SLICE(series, first) or SLICE(series, first, end). */
  static MathValue slice(Arguments arguments) {
    List<TimeSeries> all = arguments.several();
    int from = Math.clamp((int) arguments.number(1), 0, all.size());
    if (arguments.size() == 2) {
      if (from == all.size()) {
        throw new MathException("SLICE has no element " + (int) arguments.number(1));
      }
      return all.get(from);
    }
    int to = Math.clamp((int) arguments.number(2), from, all.size());
    return new Several(all.subList(from, to));
  }
}
