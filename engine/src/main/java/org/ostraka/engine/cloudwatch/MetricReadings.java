package org.ostraka.engine.cloudwatch;

import java.util.List;
import org.ostraka.engine.metric.Latencies;
import org.ostraka.engine.metric.Tally;
import org.ostraka.model.Owner;
import org.ostraka.model.cloudwatch.Dimension;

/** Takes what counters show. One thread. */
public interface MetricReadings {
  /** What counts. Calls on it in one round of readings, in any order. */
  @FunctionalInterface
  interface Source {
    /** Passes on what all counters show now. */
    void read(MetricReadings readings);
  }

  /**
   * Takes values that were observed since the beginning.
   *
   * @param source the counters: others of the same metric begin at zero again
   */
  void tally(Object source, Owner owner, MetricName name, List<Dimension> dimensions, Tally tally);

  /** Takes latencies that were observed since the beginning. */
  void latencies(
      Object source, Owner owner, MetricName name, List<Dimension> dimensions, Latencies latencies);

  /** Takes the number of events since the beginning, each of which has the value 1. */
  void events(Object source, Owner owner, MetricName name, List<Dimension> dimensions, long total);

  /** Takes a value that holds now. */
  void level(Owner owner, MetricName name, List<Dimension> dimensions, double value);
}
