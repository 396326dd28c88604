package org.ostraka.engine.kinesis;

import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.operation.DescribeKinesisStreamingDestination;

/** Carries out DescribeKinesisStreamingDestination. Any thread. */
public final class DescribeKinesisStreamingDestinationHandler
    implements OperationHandler<
        DescribeKinesisStreamingDestination.Request, DescribeKinesisStreamingDestination.Response> {
  private final Gate gate;

  public DescribeKinesisStreamingDestinationHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public DescribeKinesisStreamingDestination.Response handle(
      Caller caller, DescribeKinesisStreamingDestination.Request request) {
    TableRecord record =
        gate.admit(caller, Action.DESCRIBE_KINESIS_STREAMING_DESTINATION, request.tableName())
            .record();
    return new DescribeKinesisStreamingDestination.Response(
        record.description().name(), record.destinations().all());
  }
}
