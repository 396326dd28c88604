package org.ostraka.engine.scaling;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.operation.UpdateTable;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.ScalingPolicy;
import org.ostraka.model.scaling.TargetKey;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;

/**
 * Carries out auto scaling in the background. One thread calls {@link #run} again and again.
 *
 * <p>Each server stores what it served in each minute. One of them has the duty and judges the sums
 * of all, a few seconds after the end of the minute.
 */
public final class Scaler {
  /** How long after its end a minute is judged: all servers have stored it by then. */
  static final long GRACE_MILLIS = 15_000;

  /** How long after its end a minute is stored: requests that were counted late are in it then. */
  static final long LATE_MILLIS = 2_000;

  /** The minutes of which the consumption is kept. */
  private static final int KEPT_MINUTES = 2 * TrackingDecision.MINUTES_IN;

  private final ScalingStore store;
  private final Catalogue catalogue;
  private final ConsumedUnits consumed;
  private final ScaledUnits units;
  private final DueActions dueActions;
  private final InstantSource clock;
  private final String server;
  private final Map<TargetKey, Long> judged = new HashMap<>();
  private long pruned;

  /**
   * Makes the scaler of a server.
   *
   * @param consumed what this server serves
   * @param updateTable changes tables in the name of the service
   * @param uuids makes the ids of activities, and one of this server
   */
  public Scaler(
      Store store,
      Catalogue catalogue,
      ConsumedUnits consumed,
      OperationHandler<UpdateTable.Request, UpdateTable.Response> updateTable,
      InstantSource clock,
      Supplier<UUID> uuids) {
    this.store = new ScalingStore(store);
    this.catalogue = catalogue;
    this.consumed = consumed;
    this.units = new ScaledUnits(this.store, catalogue, updateTable, uuids);
    this.dueActions = new DueActions(this.store, units);
    this.clock = clock;
    this.server = uuids.get().toString();
  }

  /**
   * Does what is due now. The failure of a target does not stop the others; the first failure is
   * thrown at the end.
   */
  public void run() {
    List<ScalableTarget> targets = store.all();
    consumed.watch(
        targets.stream()
            .filter(target -> !target.policies().isEmpty())
            .map(target -> target.key().table())
            .collect(Collectors.toSet()));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    saveMinutes(ConsumedUnits.minuteOf(now.toEpochMilli() - LATE_MILLIS));
    boolean prunes = isTimeToPrune(ConsumedUnits.minuteOf(now.toEpochMilli()));
    if (targets.isEmpty() && !prunes) {
      return;
    }
    Optional<List<Guard>> guards = catalogue.hold(Duty.SCALING);
    if (guards.isPresent()) {
      List<RuntimeException> failures = lookAfter(targets, now, guards.get());
      if (prunes) {
        prune(targets, now, guards.get());
      }
      failures.stream()
          .reduce(Scaler::with)
          .ifPresent(first -> {
            throw first;
          });
    }
  }

  /** Looks after all targets and returns the failures of those that failed. */
  private List<RuntimeException> lookAfter(
      List<ScalableTarget> targets, Instant now, List<Guard> guards) {
    List<RuntimeException> failures = new ArrayList<>();
    for (ScalableTarget target : targets) {
      try {
        lookAfter(target, now, guards);
      } catch (GuardMismatchException | StorageFailedException | OutcomeUnknownException broken) {
        // The duty is lost or the store has failed, which concerns all targets.
        throw broken;
      } catch (RuntimeException failure) {
        failures.add(failure);
      }
    }
    return failures;
  }

  private static RuntimeException with(RuntimeException first, RuntimeException later) {
    if (!first.equals(later)) {
      first.addSuppressed(later);
    }
    return first;
  }

  private void saveMinutes(long present) {
    consumed.saveBefore(
        present, (table, minute, units) -> store.consumed(table, minute, server, units));
  }

  private void lookAfter(ScalableTarget known, Instant now, List<Guard> guards) {
    ScalableTarget target = dueActions.carryOut(known, now, guards);
    units.finish(target.key(), now, guards);
    if (target.unsettled() && target.equals(known)) {
      target = units.settle(target, now, guards);
    }
    long minute = ConsumedUnits.minuteOf(now.toEpochMilli() - GRACE_MILLIS);
    if (!Long.valueOf(minute).equals(judged.put(target.key(), minute))) {
      judge(target, minute, now, guards);
    }
  }

  /** Judges the minutes before one. */
  private void judge(ScalableTarget target, long minute, Instant now, List<Guard> guards) {
    Optional<ScaledUnits.Provisioned> provisioned = units.provisioned(target.key());
    if (provisioned.filter(ScaledUnits.Provisioned::isStable).isEmpty()) {
      return;
    }
    for (ScalingPolicy policy : target.policies()) {
      double[] minutes = store.consumed(target.key(), minute - TrackingDecision.MINUTES_IN, minute);
      TrackingDecision.of(policy.tracking().percent(), minutes, provisioned.get().units())
          .ifPresent(decision -> follow(target, policy, decision, provisioned.get(), now, guards));
    }
  }

  private void follow(
      ScalableTarget target,
      ScalingPolicy policy,
      TrackingDecision decision,
      ScaledUnits.Provisioned provisioned,
      Instant now,
      List<Guard> guards) {
    long wanted = Math.clamp(decision.units(), target.min(), target.max());
    boolean out = decision.alarm() == ScalingPolicy.Alarm.HIGH;
    boolean moves = out ? wanted > provisioned.units() : wanted < provisioned.units();
    if (!moves || !isAllowed(target, policy, out, now)) {
      return;
    }
    String cause =
        "monitor alarm "
            + policy.alarmName(target.key(), decision.alarm())
            + " in state ALARM triggered policy "
            + policy.name();
    if (units.change(target.key(), wanted, cause, now, guards)) {
      var _ =
          store.change(
              target.key(),
              guards,
              present ->
                  present.map(each ->
                      each.withPolicy(
                          policy.name(), old -> out ? old.scaledOut(now) : old.scaledIn(now))));
    }
  }

  private static boolean isAllowed(
      ScalableTarget target, ScalingPolicy policy, boolean out, Instant now) {
    if (out) {
      return !target.suspended().out()
          && isOver(policy.lastOut(), policy.tracking().outCooldown().orElse(0), now);
    }
    return !target.suspended().in()
        && policy.tracking().scalesIn()
        && isOver(policy.lastIn(), policy.tracking().inCooldown().orElse(0), now);
  }

  private static boolean isOver(Optional<Instant> last, int cooldownSeconds, Instant now) {
    return last.isEmpty() || !now.isBefore(last.get().plusSeconds(cooldownSeconds));
  }

  /** Returns true once in the time for which consumption is kept. */
  private boolean isTimeToPrune(long minute) {
    if (minute - pruned < KEPT_MINUTES) {
      return false;
    }
    pruned = minute;
    return true;
  }

  /** Removes what is too old. */
  private void prune(List<ScalableTarget> targets, Instant now, List<Guard> guards) {
    Set<TargetKey> keys = targets.stream().map(ScalableTarget::key).collect(Collectors.toSet());
    judged.keySet().retainAll(keys);
    units.retain(keys);
    dueActions.retain(targets);
    store.prune(now, ConsumedUnits.minuteOf(now.toEpochMilli()) - KEPT_MINUTES, guards);
  }
}
