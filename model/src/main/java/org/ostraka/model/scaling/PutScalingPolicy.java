package org.ostraka.model.scaling;

import org.jspecify.annotations.Nullable;

/** Makes a scaling policy, or changes one. */
public final class PutScalingPolicy {
  private PutScalingPolicy() {}

  /**
   * The request. Immutable.
   *
   * @param type the kind of policy; absent for StepScaling
   */
  public record Request(
      String name, TargetName target, @Nullable String type, @Nullable Tracking tracking) {}

  /** A configuration of target tracking as it is asked for. Immutable. */
  public record Tracking(
      double percent,
      @Nullable String metric,
      @Nullable Integer outCooldown,
      @Nullable Integer inCooldown,
      @Nullable Boolean disableScaleIn) {}

  /** The response. Immutable. */
  public record Response(TargetKey target, ScalingPolicy policy) {}
}
