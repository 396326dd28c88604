package org.ostraka.model.operation;

/** Tells where the service answers. */
public final class DescribeEndpoints {
  private DescribeEndpoints() {}

  /**
   * What the caller asks. Immutable.
   *
   * @param address the host, and the port if it was given, by which the caller reached the server
   */
  public record Request(String address) {}

  /** What the caller is told. Immutable. */
  public record Response(String address, long cachePeriodMinutes) {}
}
