package org.ostraka.engine.transfer;

import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.TransferArn;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.DescribeBulkOperation;
import org.ostraka.storage.Store;

/** Carries out DescribeBulkOperation. Any thread. */
public final class DescribeBulkOperationHandler
    implements OperationHandler<DescribeBulkOperation.Request, DescribeBulkOperation.Response> {
  private final Gate gate;
  private final BulkOperations operations;

  public DescribeBulkOperationHandler(Gate gate, Store store) {
    this.gate = gate;
    this.operations = new BulkOperations(store);
  }

  @Override
  public DescribeBulkOperation.Response handle(
      Caller caller, DescribeBulkOperation.Request request) {
    TransferArn arn = arn(request.arn());
    gate.admit(caller, Action.DESCRIBE_BULK_OPERATION, arn);
    return new DescribeBulkOperation.Response(operations.find(arn).orElseThrow(() -> unknown(arn)));
  }

  static TransferArn arn(String text) {
    // Our own texts: the service's are not known.
    return TransferArn.parse(TransferArn.Kind.BULK, text)
        .orElseThrow(() -> new ValidationException("Invalid Bulk Operation ARN"));
  }

  static ResourceNotFoundException unknown(TransferArn arn) {
    return new ResourceNotFoundException("Bulk operation not found: " + arn);
  }
}
