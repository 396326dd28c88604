package org.ostraka.engine.scaling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.ScheduledAction;
import org.ostraka.storage.Guard;

/** Carries out the scheduled actions of targets that are due. One thread. */
final class DueActions {
  private final ScalingStore store;
  private final ScaledUnits units;

  DueActions(ScalingStore store, ScaledUnits units) {
    this.store = store;
    this.units = units;
  }

  /**
   * Carries out what is due. What became due while no server ran is carried out once.
   *
   * @return the target afterwards
   */
  ScalableTarget carryOut(ScalableTarget known, Instant now, List<Guard> guards) {
    ScalableTarget target = known;
    for (ScheduledAction action : known.actions()) {
      if (isDue(action, now)) {
        target = carryOut(target, action, now, guards);
      }
    }
    return target;
  }

  private static boolean isDue(ScheduledAction action, Instant now) {
    Instant begin = action.start().orElse(action.created());
    Optional<Instant> next =
        Schedule.parse(action.schedule(), action.timezone(), begin).next(action.seen());
    return next.filter(time -> !time.isAfter(now))
        .filter(time -> action.start().filter(time::isBefore).isEmpty())
        .filter(time -> action.end().filter(time::isAfter).isEmpty())
        .isPresent();
  }

  private ScalableTarget carryOut(
      ScalableTarget target, ScheduledAction action, Instant now, List<Guard> guards) {
    boolean suspended = target.suspended().scheduled();
    Optional<ScalableTarget> changed =
        store.change(
            target.key(),
            guards,
            present -> present.map(each -> after(each, action, suspended, now)));
    if (changed.isEmpty()) {
      return target;
    }
    if (!suspended) {
      units.noteBounds(changed.get(), action.name(), now, guards);
    }
    return changed.get();
  }

  /** Returns the target after an action; a bound that would cross the other one moves it along. */
  private static ScalableTarget after(
      ScalableTarget target, ScheduledAction action, boolean suspended, Instant now) {
    ScalableTarget seen =
        target.withActions(
            target.actions().stream()
                .map(each -> each.name().equals(action.name()) ? each.seenAt(now) : each)
                .toList());
    if (suspended) {
      return seen;
    }
    long min = action.min().orElse(Math.min(target.min(), action.max().orElse(target.min())));
    long max = action.max().orElse(Math.max(target.max(), min));
    return seen.withBounds(min, max);
  }
}
