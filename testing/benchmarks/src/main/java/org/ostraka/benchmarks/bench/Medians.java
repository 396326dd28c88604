package org.ostraka.benchmarks.bench;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Medians over several rounds. Stateless. */
final class Medians {

  private Medians() {}

  /**
   * Returns the median: for an even number of values the mean of the middle two; NaN if one value
   * is NaN.
   */
  static double of(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    // NaN sorts last.
    if (sorted.length == 0 || Double.isNaN(sorted[sorted.length - 1])) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static double of(List<Turn> turns, Turn.Figure figure) {
    return of(turns.stream().mapToDouble(figure::of));
  }

  /**
   * Returns the median of the ratios of two entrants in each round: noise in a round affects both.
   */
  static double ofRatios(List<Turn> turns, List<Turn> base, Turn.Figure figure) {
    return of(
        IntStream.range(0, Math.min(turns.size(), base.size()))
            .mapToDouble(i -> figure.of(turns.get(i)) / figure.of(base.get(i))));
  }
}
