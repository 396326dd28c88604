package org.ostraka.engine.metric;

import java.util.concurrent.atomic.LongAdder;
import org.ostraka.model.ThrottlingReason.Limit;
import org.ostraka.model.Traffic;

/** What is counted of a table alone, or of one of its global indexes. Any thread. */
public final class ResourceMetrics {
  private final Tally reads = new Tally();
  private final Tally writes = new Tally();
  private final LongAdder[] throttled =
      new LongAdder[Traffic.values().length * Limit.values().length];

  ResourceMetrics() {
    for (int i = 0; i < throttled.length; i++) {
      throttled[i] = new LongAdder();
    }
  }

  /** Returns the units that requests consumed, a value for each request. */
  public Tally consumed(Traffic traffic) {
    return traffic == Traffic.READ ? reads : writes;
  }

  /** Counts a part of a request for which there was no capacity. */
  public void throttled(Traffic traffic, Limit limit) {
    adder(traffic, limit).increment();
  }

  /**
   * Returns for how many parts of requests this limit left no capacity, whether they were refused
   * or not.
   */
  public long throttleEvents(Traffic traffic, Limit limit) {
    return adder(traffic, limit).sum();
  }

  private LongAdder adder(Traffic traffic, Limit limit) {
    return throttled[traffic.ordinal() * Limit.values().length + limit.ordinal()];
  }
}
