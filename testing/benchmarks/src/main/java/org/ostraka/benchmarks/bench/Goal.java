package org.ostraka.benchmarks.bench;

/**
 * A measured figure and its goal. Immutable; NaN means not measured.
 *
 * @param atLeast whether the limit is a minimum; otherwise it is a maximum
 * @param unit such as " ms", or empty
 */
record Goal(String measure, boolean atLeast, double limit, String unit, double measured) {
  private static final double MANY = 100;

  static Goal atLeast(String measure, double limit, String unit, double measured) {
    return new Goal(measure, true, limit, unit, measured);
  }

  static Goal atMost(String measure, double limit, String unit, double measured) {
    return new Goal(measure, false, limit, unit, measured);
  }

  boolean isMet() {
    return atLeast ? measured >= limit : measured <= limit;
  }

  /** Adds a row to a table with the columns measure, goal, measured and met. */
  void addTo(MarkdownTable table) {
    boolean known = Double.isFinite(measured);
    table.row(
        measure,
        (atLeast ? ">= " : "<= ") + text(limit),
        known ? text(measured) : "not measured",
        known ? isMet() ? "yes" : "no" : "");
  }

  private String text(double value) {
    return MarkdownTable.number(value, Math.abs(value) < MANY ? 2 : 0) + unit;
  }
}
