package org.ostraka.model.operation;

import org.ostraka.model.TimeToLiveDescription;

/** Returns whether a table's items expire. */
public final class DescribeTimeToLive {
  private DescribeTimeToLive() {}

  /** The request. Immutable. */
  public record Request(String tableName) {}

  /** The response. Immutable. */
  public record Response(TimeToLiveDescription timeToLive) {}
}
