package org.ostraka.model.operation;

import java.util.List;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.TableName;

/** Returns the Kinesis data streams to which a table's changes are sent. */
public final class DescribeKinesisStreamingDestination {
  private DescribeKinesisStreamingDestination() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN
   */
  public record Request(String tableName) {}

  /** The response. Immutable. */
  public record Response(TableName table, List<StreamingDestination> destinations) {}
}
