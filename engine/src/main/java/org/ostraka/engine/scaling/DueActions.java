package org.ostraka.engine.scaling;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.ScheduledAction;
import org.ostraka.storage.Guard;

/** Carries out the scheduled actions of targets that are due. One thread. */
final class DueActions {
  private final ScalingStore store;
  private final ScaledUnits units;
  private final Map<String, Known> known = new HashMap<>();

  /** The next time of an action as it was when that was searched. */
  private record Known(ScheduledAction action, Optional<Instant> next) {}

  DueActions(ScalingStore store, ScaledUnits units) {
    this.store = store;
    this.units = units;
  }

  /**
   * Carries out what is due. What became due while no server ran is carried out once.
   *
   * @return the target afterwards
   */
  ScalableTarget carryOut(ScalableTarget present, Instant now, List<Guard> guards) {
    ScalableTarget target = present;
    for (ScheduledAction action : present.actions()) {
      if (isDue(action, now)) {
        target = carryOut(target, action, now, guards);
      }
    }
    return target;
  }

  /** Returns the next time of an action. It is searched again only when the action has changed. */
  Optional<Instant> next(ScheduledAction action) {
    Known before = known.get(action.id());
    if (before == null || !before.action().equals(action)) {
      Instant begin = action.start().orElse(action.created());
      before =
          new Known(
              action,
              Schedule.parse(action.schedule(), action.timezone(), begin).next(action.seen()));
      known.put(action.id(), before);
    }
    return before.next();
  }

  /** Forgets the actions of all targets but these. */
  void retain(List<ScalableTarget> targets) {
    known
        .keySet()
        .retainAll(
            targets.stream()
                .flatMap(target -> target.actions().stream())
                .map(ScheduledAction::id)
                .collect(Collectors.toSet()));
  }

  private boolean isDue(ScheduledAction action, Instant now) {
    return next(action)
        .filter(time -> !time.isAfter(now))
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
