package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;

/** Attaches a policy to a table or a stream, or replaces it. */
public final class PutResourcePolicy {
  private PutResourcePolicy() {}

  /**
   * The request. Immutable.
   *
   * @param expectedRevisionId the revision that the present policy must have
   * @param confirmRemoveSelfResourceAccess whether the caller agrees to lose the permission to
   *     change the policy
   */
  public record Request(
      String resourceArn,
      String policy,
      @Nullable String expectedRevisionId,
      boolean confirmRemoveSelfResourceAccess) {}

  /** The response. Immutable. */
  public record Response(String revisionId) {}
}
