package org.ostraka.model.scaling;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes scaling policies. */
public final class DescribeScalingPolicies {
  private DescribeScalingPolicies() {}

  /** The request. Immutable. */
  public record Request(
      String namespace,
      @Nullable List<String> names,
      @Nullable String resourceId,
      @Nullable String dimension,
      Paging paging) {}

  /** A policy with the target that it belongs to. Immutable. */
  public record OfTarget(TargetKey target, ScalingPolicy policy) {}

  /** The response. Immutable. */
  public record Response(List<OfTarget> policies, Optional<String> nextToken) {}
}
