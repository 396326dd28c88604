package org.ostraka.model.operation;

/** Returns the address at which clients reach the service. */
public final class DescribeEndpoints {
  private DescribeEndpoints() {}

  /**
   * The request. Immutable.
   *
   * @param address the host, and the port if it was given, by which the caller reached the server
   */
  public record Request(String address) {}

  /** The response. Immutable. */
  public record Response(String address, long cachePeriodMinutes) {}
}
