package org.ostraka.engine.expiry;

import java.time.Clock;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.TableStatus;
import org.ostraka.model.TimeToLiveDescription;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.DescribeTimeToLive;

/** Carries out DescribeTimeToLive. Any thread. */
public final class DescribeTimeToLiveHandler
    implements OperationHandler<DescribeTimeToLive.Request, DescribeTimeToLive.Response> {
  private final Gate gate;
  private final Clock clock;

  public DescribeTimeToLiveHandler(Gate gate, Clock clock) {
    this.gate = gate;
    this.clock = clock;
  }

  @Override
  public DescribeTimeToLive.Response handle(Caller caller, DescribeTimeToLive.Request request) {
    OpenTable table =
        gate.admit(caller, Action.DESCRIBE_TIME_TO_LIVE, request.tableName()).describe();
    TableRecord now = table.current().orElse(table.stored());
    refuseUnlessServing(now.description().status());
    return new DescribeTimeToLive.Response(
        now.timeToLive()
            .map(timeToLive -> timeToLive.description(clock.instant()))
            .orElse(TimeToLiveDescription.DISABLED));
  }

  /** Refuses a table that is being created or deleted. */
  private static void refuseUnlessServing(TableStatus status) {
    switch (status) {
      case CREATING, DELETING ->
          throw new ValidationException(
              "Cannot describe time to live while table is in "
                  + status
                  + " state: Current table state is "
                  + status);
      case ACTIVE, UPDATING, INACCESSIBLE_ENCRYPTION_CREDENTIALS -> {}
    }
  }
}
