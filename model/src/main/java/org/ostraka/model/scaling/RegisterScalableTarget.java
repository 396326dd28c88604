package org.ostraka.model.scaling;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.Tags;

/** Registers a scalable target, or changes one. */
public final class RegisterScalableTarget {
  private RegisterScalableTarget() {}

  /**
   * The request: absent members of a registered target are left as they are. Immutable.
   *
   * @param roleArn the role that the service is to act in, which DynamoDB ignores
   */
  public record Request(
      TargetName target,
      @Nullable Long min,
      @Nullable Long max,
      @Nullable String roleArn,
      @Nullable Suspension suspension,
      @Nullable Tags tags) {}

  /** What is to be suspended; absent members are left as they are. Immutable. */
  public record Suspension(
      @Nullable Boolean in, @Nullable Boolean out, @Nullable Boolean scheduled) {}

  /** The response. Immutable. */
  public record Response(String arn) {}
}
