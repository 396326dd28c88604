package org.ostraka.engine.kinesis;

import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.operation.UpdateKinesisStreamingDestination;

/** Carries out UpdateKinesisStreamingDestination. Any thread. */
public final class UpdateKinesisStreamingDestinationHandler
    implements OperationHandler<
        UpdateKinesisStreamingDestination.Request, UpdateKinesisStreamingDestination.Response> {
  private final Gate gate;

  public UpdateKinesisStreamingDestinationHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public UpdateKinesisStreamingDestination.Response handle(
      Caller caller, UpdateKinesisStreamingDestination.Request request) {
    AdmittedTable table =
        gate.admit(caller, Action.UPDATE_KINESIS_STREAMING_DESTINATION, request.tableName());
    StreamingDestination stored =
        DestinationChange.of(
            table,
            request.streamArn(),
            record ->
                DestinationRules.updating(
                    record.destinations(),
                    record.description().name(),
                    record.description().id(),
                    request.streamArn(),
                    DestinationRules.requirePrecision(request.precision())));
    return new UpdateKinesisStreamingDestination.Response(table.arn().table(), stored);
  }
}
