package org.ostraka.engine.transfer;

import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.TransferArn;
import org.ostraka.model.error.ImportNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.DescribeImport;
import org.ostraka.storage.Store;

/** Carries out DescribeImport. Any thread. */
public final class DescribeImportHandler
    implements OperationHandler<DescribeImport.Request, DescribeImport.Response> {
  private final Gate gate;
  private final Imports imports;

  public DescribeImportHandler(Gate gate, Store store) {
    this.gate = gate;
    this.imports = new Imports(store);
  }

  @Override
  public DescribeImport.Response handle(Caller caller, DescribeImport.Request request) {
    TransferArn arn =
        TransferArn.parse(TransferArn.Kind.IMPORT, request.importArn())
            .orElseThrow(() -> new ValidationException("Invalid Import ARN"));
    gate.admit(caller, Action.DESCRIBE_IMPORT, arn);
    return new DescribeImport.Response(
        imports
            .find(arn)
            .orElseThrow(() -> new ImportNotFoundException("Import not found: " + arn)));
  }
}
