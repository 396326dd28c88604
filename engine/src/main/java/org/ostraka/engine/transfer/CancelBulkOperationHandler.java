package org.ostraka.engine.transfer;

import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.BulkOperation;
import org.ostraka.model.Caller;
import org.ostraka.model.TransferArn;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.CancelBulkOperation;
import org.ostraka.storage.Store;

/** Carries out CancelBulkOperation. Any thread. */
public final class CancelBulkOperationHandler
    implements OperationHandler<CancelBulkOperation.Request, CancelBulkOperation.Response> {
  private final Gate gate;
  private final BulkOperations operations;
  private final TransferAccess access;

  public CancelBulkOperationHandler(Gate gate, Store store, TransferAccess access) {
    this.gate = gate;
    this.operations = new BulkOperations(store);
    this.access = access;
  }

  @Override
  public CancelBulkOperation.Response handle(Caller caller, CancelBulkOperation.Request request) {
    TransferArn arn = DescribeBulkOperationHandler.arn(request.arn());
    gate.admit(caller, Action.CANCEL_BULK_OPERATION, arn);
    BulkOperation cancelling = operations.cancel(arn).orElseThrow(() -> refused(arn));
    access.begun().run();
    return new CancelBulkOperation.Response(cancelling);
  }

  private ApiException refused(TransferArn arn) {
    BulkOperation ended =
        operations.find(arn).orElseThrow(() -> DescribeBulkOperationHandler.unknown(arn));
    // Our own text: the service's is not known.
    return new ValidationException(
        "The bulk operation has ended with status " + ended.status() + ": " + arn);
  }
}
