package org.ostraka.model.operation;


/** Tells where the service answers. */
public final class DescribeEndpoints {
  private DescribeEndpoints() {}

  /** What the caller asks. Immutable. */
  public record Request() {}

  /** What the caller is told. Immutable. */
  public record Response(String address, long cachePeriodMinutes) {}
}
