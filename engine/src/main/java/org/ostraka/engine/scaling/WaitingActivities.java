package org.ostraka.engine.scaling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.model.Owner;
import org.ostraka.model.scaling.ScalingActivity;
import org.ostraka.model.scaling.ScalingActivity.Status;
import org.ostraka.model.scaling.TargetKey;
import org.ostraka.storage.Guard;

/**
 * The activities that wait until DynamoDB has fulfilled them. One thread.
 *
 * <p>Only the server that has the duty begins and ends activities. So it reads those of an owner
 * once, when it has taken the duty, and from then on knows them.
 */
final class WaitingActivities {
  private final ScalingStore store;
  private final Map<TargetKey, List<ScalingActivity>> waiting = new HashMap<>();
  private final Set<Owner> read = new HashSet<>();
  private Optional<List<Guard>> duty = Optional.empty();

  WaitingActivities(ScalingStore store) {
    this.store = store;
  }

  /** Returns the waiting activities of a target. */
  List<ScalingActivity> of(TargetKey target, List<Guard> guards) {
    know(target.owner(), guards);
    return List.copyOf(waiting.getOrDefault(target, List.of()));
  }

  /** Notes an activity that is about to be stored. */
  void add(ScalingActivity activity, List<Guard> guards) {
    know(activity.target().owner(), guards);
    addKnown(activity);
  }

  /** Forgets an activity that has ended. */
  void remove(ScalingActivity activity) {
    waiting.computeIfPresent(
        activity.target(),
        (_, known) -> {
          known.remove(activity);
          return known.isEmpty() ? null : known;
        });
  }

  private void know(Owner owner, List<Guard> guards) {
    if (!duty.equals(Optional.of(guards))) {
      // Another server may have had the duty meanwhile.
      waiting.clear();
      read.clear();
      duty = Optional.of(guards);
    }
    if (!read.contains(owner)) {
      store
          .activities(owner, Integer.MAX_VALUE, each -> each.status() == Status.IN_PROGRESS)
          .forEach(this::addKnown);
      read.add(owner);
    }
  }

  private void addKnown(ScalingActivity activity) {
    waiting.computeIfAbsent(activity.target(), _ -> new ArrayList<>()).add(activity);
  }
}
