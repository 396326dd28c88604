package org.ostraka.model.operation;

/** Tells how much capacity an account may provision. */
public final class DescribeLimits {
  private DescribeLimits() {}

  /** What the caller asks. Immutable. */
  public record Request() {}

  /** What the caller is told, in capacity units a second. Immutable. */
  public record Response(
      long accountMaxReadUnits,
      long accountMaxWriteUnits,
      long tableMaxReadUnits,
      long tableMaxWriteUnits) {}
}
