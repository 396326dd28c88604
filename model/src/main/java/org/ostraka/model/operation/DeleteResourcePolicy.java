package org.ostraka.model.operation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Removes the policy of a table or a stream. */
public final class DeleteResourcePolicy {
  private DeleteResourcePolicy() {}

  /**
   * The request. Immutable.
   *
   * @param expectedRevisionId the revision that the present policy must have
   */
  public record Request(String resourceArn, @Nullable String expectedRevisionId) {}

  /**
   * The response. Immutable.
   *
   * @param revisionId that of the removed policy; that of the removal when the policy had been
   *     removed before; absent when there never was one
   */
  public record Response(Optional<String> revisionId) {}
}
