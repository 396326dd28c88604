package org.ostraka.model.operation;

/** Reads the policy of a table or a stream. */
public final class GetResourcePolicy {
  private GetResourcePolicy() {}

  /** The request. Immutable. */
  public record Request(String resourceArn) {}

  /** The response. Immutable. */
  public record Response(String policy, String revisionId) {}
}
