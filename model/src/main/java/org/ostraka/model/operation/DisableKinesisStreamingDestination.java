package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.TableName;
import org.ostraka.model.TimePrecision;

/** Ends sending a table's changes to a Kinesis data stream. */
public final class DisableKinesisStreamingDestination {
  private DisableKinesisStreamingDestination() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN
   * @param precision null unless the request has a precision, which it must not have
   */
  public record Request(String tableName, String streamArn, @Nullable TimePrecision precision) {}

  /** The response. Immutable. */
  public record Response(TableName table, StreamingDestination destination) {}
}
