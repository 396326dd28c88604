package org.ostraka.model.scaling;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes scalable targets. */
public final class DescribeScalableTargets {
  private DescribeScalableTargets() {}

  /** The request. Immutable. */
  public record Request(
      String namespace,
      @Nullable List<String> resourceIds,
      @Nullable String dimension,
      Paging paging) {}

  /** The response. Immutable. */
  public record Response(List<ScalableTarget> targets, Optional<String> nextToken) {}
}
