package org.ostraka.engine.metric;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.ostraka.model.ThrottlingReason.Limit;
import org.ostraka.model.Traffic;

/** What is counted of a table alone, or of one of its global indexes. Any thread. */
public final class ResourceMetrics {
  private final Tally reads = new Tally();
  private final Tally writes = new Tally();
  private final Map<Limit, LongAdder> throttledReads = adders();
  private final Map<Limit, LongAdder> throttledWrites = adders();

  ResourceMetrics() {}

  private static Map<Limit, LongAdder> adders() {
    Map<Limit, LongAdder> adders = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      adders.put(limit, new LongAdder());
    }
    return adders;
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
    return Objects.requireNonNull(
        (traffic == Traffic.READ ? throttledReads : throttledWrites).get(limit));
  }
}
