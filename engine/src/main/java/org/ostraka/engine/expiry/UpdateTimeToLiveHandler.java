package org.ostraka.engine.expiry;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.catalogue.TimeToLive;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.engine.region.Authorization;
import org.ostraka.model.Caller;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.UpdateTimeToLive;
import org.ostraka.storage.Space;

/**
 * Carries out UpdateTimeToLive. Any thread.
 *
 * <p>The order of checks and the texts are those that measured
 * (October 2026).
 */
public final class UpdateTimeToLiveHandler
    implements OperationHandler<UpdateTimeToLive.Request, UpdateTimeToLive.Response> {
  private final Gate gate;
  private final Clock clock;
  private final EngineSettings settings;
  private final Runnable indexesAdded;

  /**
   * Makes the handler.
   *
   * @param indexesAdded called when there may be an index to build
   */
  public UpdateTimeToLiveHandler(
      Gate gate, Clock clock, EngineSettings settings, Runnable indexesAdded) {
    this.gate = gate;
    this.clock = clock;
    this.settings = settings;
    this.indexesAdded = indexesAdded;
  }

  @Override
  public UpdateTimeToLive.Response handle(Caller caller, UpdateTimeToLive.Request request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var _ =
        gate.admit(caller, Action.UPDATE_TIME_TO_LIVE, request.tableName())
            .changeWithSpace(record -> changed(record, request, now));
    if (request.enabled()) {
      indexesAdded.run();
    }
    return new UpdateTimeToLive.Response(request.attributeName(), request.enabled());
  }

  private Function<Space, TableRecord> changed(
      TableRecord record, UpdateTimeToLive.Request request, Instant now) {
    refuseNewTable(record.description());
    Authorization.requireSettings(record);
    refuseUnlessChange(record.timeToLive().filter(TimeToLive::isEnabled), request);
    refuseInCooldown(record.timeToLive(), now);
    return space ->
        record.withTimeToLive(
            new TimeToLive(
                request.attributeName(),
                now,
                now.plus(settings.tableTransition()),
                request.enabled()
                    ? Optional.of(new TimeToLive.Index(space, true))
                    : Optional.empty()));
  }

  /** Refuses a table that is being created; one that is being deleted may still be changed. */
  private static void refuseNewTable(TableDescription table) {
    switch (table.status()) {
      case CREATING ->
          throw ResourceInUseException.whileChanging("Table " + table.name() + " is being created");
      case ACTIVE, UPDATING, DELETING, INACCESSIBLE_ENCRYPTION_CREDENTIALS -> {}
    }
  }

  private static void refuseUnlessChange(
      Optional<TimeToLive> enabled, UpdateTimeToLive.Request request) {
    if (enabled.isEmpty() && !request.enabled()) {
      throw new ValidationException("TimeToLive is already disabled");
    }
    if (enabled.isPresent() && !enabled.get().attributeName().equals(request.attributeName())) {
      throw new ValidationException(
          "TimeToLive is active on a different AttributeName: current AttributeName is "
              + enabled.get().attributeName());
    }
    if (enabled.isPresent() && request.enabled()) {
      throw new ValidationException("TimeToLive is already enabled");
    }
  }

  private void refuseInCooldown(Optional<TimeToLive> last, Instant now) {
    boolean refused =
        last.filter(change -> now.isBefore(change.changed().plus(settings.timeToLiveCooldown())))
            .isPresent();
    if (refused) {
      throw new ValidationException(
          "Time to live has been modified multiple times within a fixed interval");
    }
  }
}
