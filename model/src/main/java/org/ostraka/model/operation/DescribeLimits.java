package org.ostraka.model.operation;

/** Returns how much capacity an account may provision. */
public final class DescribeLimits {
  private DescribeLimits() {}

  /** The request. Immutable. */
  public record Request() {}

  /** The response, in capacity units a second. Immutable. */
  public record Response(
      long accountMaxReadUnits,
      long accountMaxWriteUnits,
      long tableMaxReadUnits,
      long tableMaxWriteUnits) {}
}
