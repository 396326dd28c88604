package org.ostraka.model.scaling;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes scheduled actions. */
public final class DescribeScheduledActions {
  private DescribeScheduledActions() {}

  /** The request. Immutable. */
  public record Request(
      String namespace,
      @Nullable List<String> names,
      @Nullable String resourceId,
      @Nullable String dimension,
      Paging paging) {}

  /** An action with the target that it belongs to. Immutable. */
  public record OfTarget(TargetKey target, ScheduledAction action) {}

  /** The response. Immutable. */
  public record Response(List<OfTarget> actions, Optional<String> nextToken) {}
}
