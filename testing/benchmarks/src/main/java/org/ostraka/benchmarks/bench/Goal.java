package org.ostraka.benchmarks.bench;

/**
 * A figure beside what it should be. Immutable; NaN is what was not measured.
 *
 * @param atLeast whether the limit is the least that will do, or the most
 * @param unit such as " ms", or nothing
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

  /** Adds itself to a table of measure, goal, measured and whether it is met. */
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
