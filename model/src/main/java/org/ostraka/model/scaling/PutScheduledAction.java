package org.ostraka.model.scaling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes a scheduled action, or changes one. */
public final class PutScheduledAction {
  private PutScheduledAction() {}

  /** The request: absent members of a known action are left as they are. Immutable. */
  public record Request(
      String name,
      TargetName target,
      @Nullable String schedule,
      @Nullable String timezone,
      @Nullable Instant start,
      @Nullable Instant end,
      @Nullable Bounds bounds) {}

  /** The new bounds of the target; an absent one is left as it is. Immutable. */
  public record Bounds(@Nullable Long min, @Nullable Long max) {}

  /** The response. Immutable. */
  public record Response() {}
}
