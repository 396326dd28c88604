package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.TableName;
import org.ostraka.model.TimePrecision;

/** Begins to send a table's changes to a Kinesis data stream. */
public final class EnableKinesisStreamingDestination {
  private EnableKinesisStreamingDestination() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN
   * @param precision the precision of times in records; null for the default
   */
  public record Request(String tableName, String streamArn, @Nullable TimePrecision precision) {}

  /** The response. Immutable. */
  public record Response(TableName table, StreamingDestination destination) {}
}
