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
   * Notes how far a build has come. Consumed units and throttle events are 0, since a build takes
   * no throughput of the index.
   *
   * @param items the number of items that were read
   * @param of the approximate number of items of the table
   */
  public void reached(long items, long of) {
    observe(PERCENT * Math.min(items, of) / Math.max(1, of));
  }

  /** Notes that a build is complete. */
  public void completed() {
    observe(PERCENT);
  }

  private void observe(double percent) {
    reached = percent;
    progress.add(percent);
    consumedUnits.add(0);
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

  /** Returns the write units that each step consumed, which are none. */
  public Tally consumedUnits() {
    return consumedUnits;
  }

  /** Returns how often a step was throttled, which is never. */
  public Tally throttleEvents() {
    return throttleEvents;
  }
}
