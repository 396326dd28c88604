package org.ostraka.engine.gate;

import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.model.StreamArn;

/** A stream, or the ARN of one, that a caller may read. Immutable. */
public final class AdmittedStream {
  private final LogHistories histories;
  private final StreamArn arn;
  private final Reading reading;

  /** Counts a request that has read records. */
  @FunctionalInterface
  interface Reading {
    void returned(long records, long bytes);
  }

  AdmittedStream(LogHistories histories, StreamArn arn, Reading reading) {
    this.histories = histories;
    this.arn = arn;
    this.reading = reading;
  }

  /** Counts that the request returned these records. A request that starts again counts once. */
  public void returned(long records, long bytes) {
    reading.returned(records, bytes);
  }

  public StreamArn arn() {
    return arn;
  }

  /** Returns the streams and shards of the tables of the stream's table name, as stored now. */
  public LogHistory history() {
    return histories.of(arn.table());
  }
}
