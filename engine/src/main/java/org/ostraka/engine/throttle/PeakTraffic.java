package org.ostraka.engine.throttle;

/**
 * The highest rate of an on-demand table that is old enough to count as its previous peak. One
 * thread at a time.
 *
 * <p>"On-demand capacity mode" in the Developer Guide: a table serves up to double its previous
 * peak at once, and traffic that grows faster than that within 30 minutes may be throttled. Rates
 * are means over a minute.
 */
final class PeakTraffic {
  private static final int MINUTES = 30;
  private static final double SECONDS = 60;

  private final double[] latest = new double[MINUTES];
  private int at;
  private double current;
  private double peak;

  void add(double units) {
    current += units;
  }

  void endMinute() {
    peak = Math.max(peak, latest[at]);
    latest[at] = current / SECONDS;
    at = (at + 1) % MINUTES;
    current = 0;
  }

  /** Returns the previous peak in units a second. */
  double unitsPerSecond() {
    return peak;
  }
}
