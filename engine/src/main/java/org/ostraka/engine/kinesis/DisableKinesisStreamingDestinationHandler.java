package org.ostraka.engine.kinesis;

import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.operation.DisableKinesisStreamingDestination;

/** Carries out DisableKinesisStreamingDestination. Any thread. */
public final class DisableKinesisStreamingDestinationHandler
    implements OperationHandler<
        DisableKinesisStreamingDestination.Request, DisableKinesisStreamingDestination.Response> {
  private final Gate gate;

  public DisableKinesisStreamingDestinationHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public DisableKinesisStreamingDestination.Response handle(
      Caller caller, DisableKinesisStreamingDestination.Request request) {
    AdmittedTable table =
        gate.admit(caller, Action.DISABLE_KINESIS_STREAMING_DESTINATION, request.tableName());
    StreamingDestination stored =
        DestinationChange.of(
            table,
            request.streamArn(),
            record -> {
              DestinationRules.refuseSettings(request.precision());
              return DestinationRules.disabling(record.destinations(), request.streamArn());
            });
    return new DisableKinesisStreamingDestination.Response(table.arn().table(), stored);
  }
}
