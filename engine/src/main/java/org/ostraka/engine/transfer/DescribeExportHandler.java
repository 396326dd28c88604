package org.ostraka.engine.transfer;

import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.TransferArn;
import org.ostraka.model.error.ExportNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.DescribeExport;
import org.ostraka.storage.Store;

/** Carries out DescribeExport. Any thread. */
public final class DescribeExportHandler
    implements OperationHandler<DescribeExport.Request, DescribeExport.Response> {
  private final Gate gate;
  private final Exports exports;

  public DescribeExportHandler(Gate gate, Store store) {
    this.gate = gate;
    this.exports = new Exports(store);
  }

  @Override
  public DescribeExport.Response handle(Caller caller, DescribeExport.Request request) {
    TransferArn arn =
        TransferArn.parse(TransferArn.Kind.EXPORT, request.exportArn())
            .orElseThrow(() -> new ValidationException("Invalid Export ARN"));
    gate.admit(caller, Action.DESCRIBE_EXPORT, arn);
    return new DescribeExport.Response(
        exports
            .find(arn)
            .orElseThrow(() ->
                // The service repeats itself (EXPORT-006).
                new ExportNotFoundException("Export not found: Export not found: " + arn)));
  }
}
