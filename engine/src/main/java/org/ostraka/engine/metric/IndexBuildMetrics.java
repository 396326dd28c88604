package org.ostraka.engine.metric;

/** What is counted of the building of an index on a table that serves. Any thread. */
public final class IndexBuildMetrics {
  private static final double PERCENT = 100;

  private final Tally progress = new Tally();
  private final Tally consumedUnits = new Tally();
  private final Tally throttleEvents = new Tally();
  private volatile double reached;

  IndexBuildMetrics() {}

  /**
   * Notes a step of a build. Throttle events are 0, since a build does not wait for throughput.
   *
   * @param items the number of items that were read
   * @param of the approximate number of items of the table
   * @param writeUnits the write units of the entries that the step has added
   */
  public void reached(long items, long of, double writeUnits) {
    observe(PERCENT * Math.min(items, of) / Math.max(1, of), writeUnits);
  }

  /** Notes that a build is complete. */
  public void completed() {
    observe(PERCENT, 0);
  }

  private void observe(double percent, double writeUnits) {
    reached = percent;
    progress.add(percent);
    consumedUnits.add(writeUnits);
    throttleEvents.add(0);
  }

  /** Returns how far the last build has come, in percent. */
  public double percentage() {
    return reached;
  }

  /** Returns how far builds had come, in percent, a value for each step. */
  public Tally progress() {
    return progress;
  }

  /**
   * Returns the write units of each step. They are not among those that the index consumed: the
   * service counts them apart, too.
   */
  public Tally consumedUnits() {
    return consumedUnits;
  }

  /** Returns how often a step was throttled, which is never. */
  public Tally throttleEvents() {
    return throttleEvents;
  }
}
