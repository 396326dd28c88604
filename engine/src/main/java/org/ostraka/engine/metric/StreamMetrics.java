package org.ostraka.engine.metric;

/** What is counted of the reading of one stream. Any thread. */
public final class StreamMetrics {
  private final Latencies latencies = new Latencies();
  private final Tally records = new Tally();
  private final Tally bytes = new Tally();

  StreamMetrics() {}

  /** Counts a GetRecords that succeeded. */
  public void returned(long recordCount, long byteCount, long nanos) {
    latencies.add(nanos);
    records.add((double) recordCount);
    bytes.add((double) byteCount);
  }

  /** Returns how long the requests took that succeeded. */
  public Latencies latencies() {
    return latencies;
  }

  /** Returns the number of records that each request returned. */
  public Tally records() {
    return records;
  }

  /** Returns the sizes of the records that each request returned. */
  public Tally bytes() {
    return bytes;
  }
}
