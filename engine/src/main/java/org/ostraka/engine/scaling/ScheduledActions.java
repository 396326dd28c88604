package org.ostraka.engine.scaling;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Caller;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.scaling.DeleteScheduledAction;
import org.ostraka.model.scaling.DescribeScheduledActions;
import org.ostraka.model.scaling.PutScheduledAction;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.ScheduledAction;

/** Carries out the operations on scheduled actions. Any thread. */
final class ScheduledActions {
  /** "Quotas for Application Auto Scaling" in its User Guide. */
  private static final int MAX_ACTIONS = 200;

  private final ScalingStore store;
  private final ScalingAccess access;
  private final ScalingIds ids;
  private final InstantSource clock;

  ScheduledActions(ScalingStore store, ScalingAccess access, ScalingIds ids, InstantSource clock) {
    this.store = store;
    this.access = access;
    this.ids = ids;
    this.clock = clock;
  }

  PutScheduledAction.Response put(Caller caller, PutScheduledAction.Request request) {
    ScalableTarget target = access.registered(caller, "PutScheduledAction", request.target());
    access.requireTable(caller, target.key());
    String newId = ids.next();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var _ =
        store.change(
            target.key(),
            List.of(),
            present ->
                present.map(
                    each -> with(each, action(each.action(request.name()), request, newId, now))));
    return new PutScheduledAction.Response();
  }

  private static ScalableTarget with(ScalableTarget target, ScheduledAction action) {
    List<ScheduledAction> actions =
        new ArrayList<>(
            target.actions().stream().filter(each -> !each.name().equals(action.name())).toList());
    if (actions.size() >= MAX_ACTIONS) {
      throw new LimitExceededException(
          "A scalable target may have " + MAX_ACTIONS + " scheduled actions");
    }
    actions.add(action);
    return target.withActions(actions);
  }

  /** Returns the action as it is to be; a member that the request does not have stays as it is. */
  private static ScheduledAction action(
      Optional<ScheduledAction> known,
      PutScheduledAction.Request request,
      String newId,
      Instant now) {
    String schedule = request.schedule();
    if (schedule == null) {
      schedule =
          known
              .map(ScheduledAction::schedule)
              .orElseThrow(
                  () -> new ValidationException("Schedule is required for a new scheduled action"));
    }
    Optional<String> zone =
        Optional.ofNullable(request.timezone()).or(() -> known.flatMap(ScheduledAction::timezone));
    Optional<Instant> start =
        Optional.ofNullable(request.start()).or(() -> known.flatMap(ScheduledAction::start));
    Optional<Instant> end =
        Optional.ofNullable(request.end()).or(() -> known.flatMap(ScheduledAction::end));
    if (start.isPresent() && end.isPresent() && !start.get().isBefore(end.get())) {
      throw new ValidationException("StartTime must be before EndTime");
    }
    var _ =
        request.schedule() == null
            ? Schedule.parse(schedule, zone, start.orElse(now))
            : Schedule.parseNew(schedule, zone, start.orElse(now), now);
    PutScheduledAction.Bounds bounds = request.bounds();
    OptionalLong min =
        bounds == null
            ? known.map(ScheduledAction::min).orElse(OptionalLong.empty())
            : units("MinCapacity", bounds.min());
    OptionalLong max =
        bounds == null
            ? known.map(ScheduledAction::max).orElse(OptionalLong.empty())
            : units("MaxCapacity", bounds.max());
    if (min.isEmpty() && max.isEmpty()) {
      throw new ValidationException(
          "ScalableTargetAction must have a MinCapacity, a MaxCapacity, or both");
    }
    if (min.isPresent() && max.isPresent()) {
      ScalableTargets.requireBounds(min.getAsLong(), max.getAsLong());
    }
    return new ScheduledAction(
        request.name(),
        known.map(ScheduledAction::id).orElse(newId),
        schedule,
        zone,
        start,
        end,
        min,
        max,
        known.map(ScheduledAction::created).orElse(now),
        now);
  }

  private static OptionalLong units(String name, @Nullable Long units) {
    if (units == null) {
      return OptionalLong.empty();
    }
    if (units < 1) {
      throw new ValidationException(name + " must be greater than or equal to 1");
    }
    return OptionalLong.of(units);
  }

  DeleteScheduledAction.Response delete(Caller caller, DeleteScheduledAction.Request request) {
    ScalableTarget target =
        access.having(
            caller,
            "DeleteScheduledAction",
            request.target(),
            "scheduled action",
            request.name(),
            each -> each.action(request.name()).isPresent());
    var _ =
        store.change(
            target.key(),
            List.of(),
            present ->
                present.map(each ->
                    each.withActions(
                        each.actions().stream()
                            .filter(action -> !action.name().equals(request.name()))
                            .toList())));
    return new DeleteScheduledAction.Response();
  }

  DescribeScheduledActions.Response describe(
      Caller caller, DescribeScheduledActions.Request request) {
    access.requireAny(caller, "DescribeScheduledActions");
    TargetFilter filter =
        TargetFilter.of(request.namespace(), request.resourceId(), request.dimension());
    Pages<DescribeScheduledActions.OfTarget> page =
        Pages.of(
            filter.parts(
                store.of(caller.owner()),
                ScalableTarget::actions,
                action -> TargetFilter.isAmong(request.names(), action.name()),
                DescribeScheduledActions.OfTarget::new),
            request.paging());
    return new DescribeScheduledActions.Response(page.entries(), page.nextToken());
  }
}
