package org.ostraka.model.scaling;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes the scaling activities of the last six weeks, the newest first. */
public final class DescribeScalingActivities {
  private DescribeScalingActivities() {}

  /** The request. Immutable. */
  public record Request(
      String namespace, @Nullable String resourceId, @Nullable String dimension, Paging paging) {}

  /** The response. Immutable. */
  public record Response(List<ScalingActivity> activities, Optional<String> nextToken) {}
}
