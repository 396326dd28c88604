package org.ostraka.engine.metric;

import java.util.concurrent.atomic.LongAdder;

/** What is counted of one operation on a table. Any thread. */
public final class OperationMetrics {
  private final Latencies latencies = new Latencies();
  private final Tally returnedItems = new Tally();
  private final LongAdder throttled = new LongAdder();
  private final LongAdder systemErrors = new LongAdder();

  OperationMetrics() {}

  /** Returns how long the requests took that succeeded. */
  public Latencies latencies() {
    return latencies;
  }

  /** Returns the number of items that each Query, Scan or SELECT returned. */
  public Tally returnedItems() {
    return returnedItems;
  }

  /** Returns the number of requests that were refused for lack of capacity. */
  public long throttledRequests() {
    return throttled.sum();
  }

  /** Returns the number of requests that failed because the storage did. */
  public long systemErrors() {
    return systemErrors.sum();
  }

  void throttle() {
    throttled.increment();
  }

  void fail() {
    systemErrors.increment();
  }
}
