package org.ostraka.model.scaling;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The configuration of a policy that keeps the utilization of provisioned units near a target.
 * Immutable.
 *
 * @param percent the target, 20 to 90
 * @param outCooldown the seconds after a scale-out until the next one; absent for 0
 * @param inCooldown the seconds after a scale-in until the next one; absent for 0
 * @param disableScaleIn whether the policy never lowers the units; absent for false
 */
public record TargetTracking(
    double percent,
    OptionalInt outCooldown,
    OptionalInt inCooldown,
    Optional<Boolean> disableScaleIn) {
  public static final double MIN_PERCENT = 20;
  public static final double MAX_PERCENT = 90;

  public TargetTracking {
    if (!(percent >= MIN_PERCENT && percent <= MAX_PERCENT)) {
      throw new IllegalArgumentException("a target is 20 to 90 %");
    }
  }

  /** Returns whether the policy may lower the units. */
  public boolean scalesIn() {
    return !disableScaleIn.orElse(false);
  }
}
