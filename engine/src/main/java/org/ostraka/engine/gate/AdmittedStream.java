package org.ostraka.engine.gate;

import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.model.StreamArn;

/** A stream, or the ARN of one, that a caller may read. Immutable. */
public final class AdmittedStream {
  private final LogHistories histories;
  private final StreamArn arn;

  AdmittedStream(LogHistories histories, StreamArn arn) {
    this.histories = histories;
    this.arn = arn;
  }

  public StreamArn arn() {
    return arn;
  }

  /** Returns the streams and shards of the tables of the stream's table name, as stored now. */
  public LogHistory history() {
    return histories.of(arn.table());
  }
}
