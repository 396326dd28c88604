package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.TableName;
import org.ostraka.model.TimePrecision;

/** Changes how a table's changes are sent to a Kinesis data stream. */
public final class UpdateKinesisStreamingDestination {
  private UpdateKinesisStreamingDestination() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN
   * @param precision the next precision of times in records; null when the request has none
   */
  public record Request(String tableName, String streamArn, @Nullable TimePrecision precision) {}

  /** The response. Immutable. */
  public record Response(TableName table, StreamingDestination destination) {}
}
