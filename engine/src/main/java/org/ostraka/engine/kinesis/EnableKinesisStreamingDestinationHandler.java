package org.ostraka.engine.kinesis;

import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.operation.EnableKinesisStreamingDestination;

/** Carries out EnableKinesisStreamingDestination. Any thread. */
public final class EnableKinesisStreamingDestinationHandler
    implements OperationHandler<
        EnableKinesisStreamingDestination.Request, EnableKinesisStreamingDestination.Response> {
  private final Gate gate;

  public EnableKinesisStreamingDestinationHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public EnableKinesisStreamingDestination.Response handle(
      Caller caller, EnableKinesisStreamingDestination.Request request) {
    AdmittedTable table =
        gate.admit(caller, Action.ENABLE_KINESIS_STREAMING_DESTINATION, request.tableName());
    StreamingDestination stored =
        DestinationChange.of(
            table,
            request.streamArn(),
            record ->
                DestinationRules.enabling(
                    record.destinations(), request.streamArn(), request.precision()));
    return new EnableKinesisStreamingDestination.Response(table.arn().table(), stored);
  }
}
