package org.ostraka.engine.scaling;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.BillingMode;
import org.ostraka.model.Caller;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.Principal;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.model.Traffic;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.operation.GlobalIndexUpdate;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.model.operation.UpdateTable;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.ScalingActivity;
import org.ostraka.model.scaling.ScalingActivity.Status;
import org.ostraka.model.scaling.TargetKey;
import org.ostraka.storage.Guard;

/**
 * Changes the units of tables and indexes in the name of the service, and records each attempt with
 * its words. One thread.
 *
 * <p>The words are those of "Scaling activities for Application Auto Scaling" and of "Tutorial:
 * Configure auto scaling" in the User Guide.
 */
final class ScaledUnits {
  /** The service in whose name tables are changed. */
  static final Principal.Service SERVICE =
      new Principal.Service("dynamodb.application-autoscaling.amazonaws.com");

  private final ScalingStore store;
  private final Catalogue catalogue;
  private final OperationHandler<UpdateTable.Request, UpdateTable.Response> updateTable;
  private final Supplier<UUID> ids;
  private final WaitingActivities waiting;
  private final Map<TargetKey, Refused> refused = new HashMap<>();

  /** The bounds that DynamoDB did not accept, and the minute of the last attempt. */
  private record Refused(long min, long max, long minute) {}

  ScaledUnits(
      ScalingStore store,
      Catalogue catalogue,
      OperationHandler<UpdateTable.Request, UpdateTable.Response> updateTable,
      Supplier<UUID> ids) {
    this.store = store;
    this.catalogue = catalogue;
    this.updateTable = updateTable;
    this.ids = ids;
    this.waiting = new WaitingActivities(store);
  }

  /**
   * What a target has now. Immutable.
   *
   * @param units the units of its dimension
   * @param both the units of both kinds
   * @param isStable whether they may be changed now
   */
  record Provisioned(long units, ProvisionedThroughput both, boolean isStable) {}

  /** Returns what a target has; empty when it has no provisioned units or does not exist. */
  Optional<Provisioned> provisioned(TargetKey target) {
    return catalogue
        .record(target.table())
        .map(TableRecord::description)
        .flatMap(table -> provisioned(target, table));
  }

  private static Optional<Provisioned> provisioned(TargetKey target, TableDescription table) {
    if (table.billing().mode() != BillingMode.PROVISIONED) {
      return Optional.empty();
    }
    boolean active = table.status() == TableStatus.ACTIVE;
    if (target.resource().index().isEmpty()) {
      return Optional.of(provisioned(target, table.throughput(), active));
    }
    return table.globalIndexes().stream()
        .filter(index -> index.name().equals(target.resource().index().get()))
        .findFirst()
        .map(index -> provisioned(target, index.throughput(), active && isActive(index)));
  }

  private static boolean isActive(GlobalIndex index) {
    return index.status() == IndexStatus.ACTIVE;
  }

  private static Provisioned provisioned(
      TargetKey target, ProvisionedThroughput both, boolean stable) {
    long units =
        target.dimension().traffic() == Traffic.READ ? both.readUnits() : both.writeUnits();
    return new Provisioned(units, both, stable);
  }

  /**
   * Brings the units between new bounds. What DynamoDB refuses is tried again in a later minute.
   */
  ScalableTarget settle(ScalableTarget target, Instant now, List<Guard> guards) {
    Optional<Provisioned> provisioned = provisioned(target.key());
    if (provisioned.isEmpty() || !provisioned.get().isStable()) {
      return target;
    }
    if (!bring(target, provisioned.get().units(), now, guards)) {
      return target;
    }
    long min = target.min();
    long max = target.max();
    return store
        .change(
            target.key(),
            guards,
            present ->
                present.map(each -> each.min() == min && each.max() == max ? each.settled() : each))
        .orElse(target);
  }

  /** Returns whether the units are between the bounds, or DynamoDB has accepted that they be. */
  private boolean bring(ScalableTarget target, long units, Instant now, List<Guard> guards) {
    if (target.min() <= units && units <= target.max()) {
      return true;
    }
    Refused attempt =
        new Refused(target.min(), target.max(), ConsumedUnits.minuteOf(now.toEpochMilli()));
    if (attempt.equals(refused.get(target.key()))) {
      return false;
    }
    boolean grows = units < target.min();
    long bound = grows ? target.min() : target.max();
    String cause = (grows ? "minimum" : "maximum") + " capacity was set to " + bound;
    if (change(target.key(), bound, cause, now, guards)) {
      refused.remove(target.key());
      return true;
    }
    refused.put(target.key(), attempt);
    return false;
  }

  /** Forgets all targets but these. */
  void retain(Set<TargetKey> targets) {
    refused.keySet().retainAll(targets);
  }

  /**
   * Changes a target's units.
   *
   * @return whether DynamoDB accepted it
   */
  boolean change(TargetKey target, long units, String cause, Instant now, List<Guard> guards) {
    Optional<Provisioned> provisioned = provisioned(target);
    if (provisioned.isEmpty()) {
      return false;
    }
    String what = target.dimension().units() + " to " + units;
    ScalingActivity begun = begun(target, "Setting " + what + ".", cause, now);
    try {
      UpdateTable.Response response =
          updateTable.handle(
              new Caller(SERVICE, target.owner()), request(target, units, provisioned.get()));
      boolean done = response.table().status() == TableStatus.ACTIVE || isSettled(target);
      String successful = "Successfully set " + what + ". ";
      if (done) {
        store.put(
            begun.ended(
                Status.SUCCESSFUL, successful + "Change successfully fulfilled by dynamodb.", now),
            guards);
      } else {
        ScalingActivity inProgress = waiting(begun, successful);
        waiting.add(inProgress, guards);
        store.put(inProgress, guards);
      }
      return true;
    } catch (ApiException refusal) {
      note(
          begun.ended(Status.FAILED, "Failed to set " + what + ". Reason: " + refusal.text(), now),
          guards);
      return false;
    }
  }

  private boolean isSettled(TargetKey target) {
    return provisioned(target).filter(Provisioned::isStable).isPresent();
  }

  private static ScalingActivity waiting(ScalingActivity begun, String successful) {
    return new ScalingActivity(
        begun.id(),
        begun.target(),
        begun.description(),
        begun.cause(),
        begun.start(),
        Optional.empty(),
        Status.IN_PROGRESS,
        Optional.of(successful + "Waiting for change to be fulfilled by dynamodb."));
  }

  /** Ends the activities of a target that DynamoDB has fulfilled meanwhile. */
  void finish(TargetKey target, Instant now, List<Guard> guards) {
    List<ScalingActivity> activities = waiting.of(target, guards);
    if (activities.isEmpty() || !isSettled(target)) {
      return;
    }
    for (ScalingActivity activity : activities) {
      String text =
          activity
              .message()
              .orElse("")
              .replace(
                  "Waiting for change to be fulfilled by dynamodb.",
                  "Change successfully fulfilled by dynamodb.");
      store.put(activity.ended(Status.SUCCESSFUL, text, now), guards);
      waiting.remove(activity);
    }
  }

  /** Records that a scheduled action has changed a target's bounds. */
  void noteBounds(ScalableTarget target, String action, Instant now, List<Guard> guards) {
    String what = "min capacity to " + target.min() + " and max capacity to " + target.max();
    ScalingActivity begun =
        begun(
            target.key(),
            "Setting " + what,
            "scheduled action name " + action + " was triggered",
            now);
    store.put(begun.ended(Status.SUCCESSFUL, "Successfully set " + what, now), guards);
  }

  /** Stores an activity, unless the one before it was the same. */
  private void note(ScalingActivity activity, List<Guard> guards) {
    List<ScalingActivity> latest =
        store.activities(
            activity.target().owner(), 1, each -> each.target().equals(activity.target()));
    if (latest.isEmpty() || !latest.getFirst().isAgain(activity)) {
      store.put(activity, guards);
    }
  }

  private ScalingActivity begun(TargetKey target, String description, String cause, Instant now) {
    return new ScalingActivity(
        ids.get().toString(),
        target,
        description,
        cause,
        now.truncatedTo(ChronoUnit.MILLIS),
        Optional.empty(),
        Status.IN_PROGRESS,
        Optional.empty());
  }

  private static UpdateTable.Request request(TargetKey target, long units, Provisioned now) {
    boolean reads = target.dimension().traffic() == Traffic.READ;
    ThroughputUnits both =
        new ThroughputUnits(
            reads ? units : now.both().readUnits(), reads ? now.both().writeUnits() : units);
    return target.resource().index().isEmpty()
        ? request(target, both, null)
        : request(
            target,
            null,
            List.of(
                new GlobalIndexUpdate(
                    null,
                    new GlobalIndexUpdate.Throughput(
                        target.resource().index().get().value(), both, null, null),
                    null)));
  }

  private static UpdateTable.Request request(
      TargetKey target,
      @Nullable ThroughputUnits throughput,
      @Nullable List<GlobalIndexUpdate> indexes) {
    return new UpdateTable.Request(
        target.resource().table().value(),
        null,
        null,
        throughput,
        null,
        null,
        null,
        null,
        null,
        indexes,
        null);
  }
}
