package org.ostraka.engine.transfer;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.BulkOperation;
import org.ostraka.model.Caller;
import org.ostraka.model.TransferArn;
import org.ostraka.model.operation.ListBulkOperations;
import org.ostraka.storage.Store;

/** Carries out ListBulkOperations. Any thread. */
public final class ListBulkOperationsHandler
    implements OperationHandler<ListBulkOperations.Request, ListBulkOperations.Response> {
  private final Gate gate;
  private final BulkOperations operations;

  public ListBulkOperationsHandler(Gate gate, Store store) {
    this.gate = gate;
    this.operations = new BulkOperations(store);
  }

  @Override
  public ListBulkOperations.Response handle(Caller caller, ListBulkOperations.Request request) {
    Optional<TransferArn> last =
        ListExportsHandler.start(
            TransferArn.Kind.BULK, ListImportsHandler.arn(request.nextToken()));
    gate.admit(caller, Action.LIST_BULK_OPERATIONS);
    List<BulkOperation> found =
        operations.all(caller.owner()).stream()
            .filter(each -> last.filter(arn -> each.arn().compareTo(arn) >= 0).isEmpty())
            .toList();
    int limit = Optional.ofNullable(request.maxResults()).orElse(ListExportsHandler.PAGE);
    return found.size() <= limit
        ? new ListBulkOperations.Response(found, Optional.empty())
        : new ListBulkOperations.Response(
            found.subList(0, limit),
            Optional.of(ListImportsHandler.token(found.get(limit - 1).arn())));
  }
}
